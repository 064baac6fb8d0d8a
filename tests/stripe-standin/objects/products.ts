import { change, emit } from '../events';
import { checkAmount, readCurrency } from '../currencies';
import { page, pageFields } from '../lists';
import { choice, flag, ignored, integer, mergeMetadata, metadata, need, shape, text, url } from '../params';
import type { Route } from '../router';
import type { Customer, Price, Product } from '../store';
import { find, newId, now, type World } from '../world';

/*
 * Customers, products and prices, as far as checkout and Stripe's own trigger calls need them.
 */

export const makeProduct = (
  world: World,
  asked: { name: string; description?: string | undefined },
): Product =>
  world.store.put('product', {
    id: newId(world, 'prod'),
    object: 'product',
    active: true,
    created: now(world),
    default_price: null,
    description: asked.description ?? null,
    images: [],
    livemode: world.settings.livemode,
    marketing_features: [],
    metadata: {},
    name: asked.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    type: 'service',
    unit_label: null,
    updated: now(world),
    url: null,
  } as unknown as Product);

export const makePrice = (
  world: World,
  asked: { product: string; currency: string; amount: number; active?: boolean; recurring?: object | null },
): Price =>
  world.store.put('price', {
    id: newId(world, 'price'),
    object: 'price',
    active: asked.active ?? true,
    billing_scheme: 'per_unit',
    created: now(world),
    currency: asked.currency,
    custom_unit_amount: null,
    livemode: world.settings.livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: asked.product,
    recurring: asked.recurring ?? null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: asked.recurring ? 'recurring' : 'one_time',
    unit_amount: asked.amount,
    // Text on the wire; stripe-node makes its Decimal of it.
    unit_amount_decimal: String(asked.amount),
  } as unknown as Price);

const makeCustomer = (
  world: World,
  asked: {
    email?: string | undefined;
    name?: string | undefined;
    description?: string | undefined;
    phone?: string | undefined;
  },
): Customer =>
  world.store.put('customer', {
    id: newId(world, 'cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: now(world),
    currency: null,
    default_source: null,
    delinquent: false,
    description: asked.description ?? null,
    discount: null,
    email: asked.email ?? null,
    invoice_prefix: 'SHANLU',
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: world.settings.livemode,
    metadata: {},
    name: asked.name ?? null,
    next_invoice_sequence: 1,
    phone: asked.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } as unknown as Customer);

const customerFields = {
  email: text(512),
  name: text(),
  phone: text(),
  description: text(),
  metadata,
  address: ignored,
  preferred_locales: ignored,
};

export const customerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    run: (world, _ids, form) => {
      const asked = shape(customerFields)(form, '');
      const customer = makeCustomer(world, asked);
      change(world, 'customer', customer, { metadata: mergeMetadata({}, asked.metadata) });
      emit(world, 'customer.created', customer);
      return customer;
    },
  },
  {
    method: 'GET',
    path: '/v1/customers',
    run: (world, _ids, form) => {
      const asked = shape({ ...pageFields, email: text() })(form, '');
      const found = world.store
        .all('customer')
        .filter((one) => asked.email === undefined || one.email === asked.email);
      return page('customer', found, asked, '/v1/customers');
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'customer', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/customers/:id',
    run: (world, { id }, form) => {
      const customer = find(world, 'customer', id ?? '');
      const asked = shape(customerFields)(form, '');
      const previous = change(world, 'customer', customer, {
        email: asked.email ?? customer.email,
        name: asked.name ?? customer.name ?? null,
        phone: asked.phone ?? customer.phone ?? null,
        description: asked.description ?? customer.description,
        metadata: mergeMetadata(customer.metadata, asked.metadata),
      });
      emit(world, 'customer.updated', customer, previous);
      return customer;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/customers/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const customer = find(world, 'customer', id ?? '');
      world.store.drop('customer', customer.id);
      emit(world, 'customer.deleted', customer);
      return { id: customer.id, object: 'customer', deleted: true };
    },
  },
];

const recurring = shape({
  interval: need(choice('day', 'week', 'month', 'year')),
  interval_count: integer(1),
});

export const productRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/products',
    run: (world, _ids, form) => {
      const asked = shape({ name: need(text()), description: text(), metadata, url, active: flag })(form, '');
      const product = makeProduct(world, asked);
      change(world, 'product', product, { metadata: mergeMetadata({}, asked.metadata) });
      emit(world, 'product.created', product);
      return product;
    },
  },
  {
    method: 'GET',
    path: '/v1/products/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'product', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/products/:id',
    run: (world, { id }, form) => {
      const product = find(world, 'product', id ?? '');
      const asked = shape({ name: text(), description: text(), metadata, active: flag })(form, '');
      const previous = change(world, 'product', product, {
        name: asked.name ?? product.name,
        description: asked.description ?? product.description,
        metadata: mergeMetadata(product.metadata, asked.metadata),
        updated: now(world),
      });
      emit(world, 'product.updated', product, previous);
      return product;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/products/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      const product = find(world, 'product', id ?? '');
      world.store.drop('product', product.id);
      emit(world, 'product.deleted', product);
      return { id: product.id, object: 'product', deleted: true };
    },
  },
  {
    method: 'POST',
    path: '/v1/prices',
    run: (world, _ids, form) => {
      const asked = shape({
        product: need(text()),
        currency: need(text(3)),
        unit_amount: need(integer(0)),
        recurring,
        metadata,
        nickname: text(),
      })(form, '');
      const currency = readCurrency(asked.currency, 'currency');
      if (asked.unit_amount > 0) checkAmount(asked.unit_amount, currency, 'unit_amount');
      const product = find(world, 'product', asked.product, 'product');
      const price = makePrice(world, {
        product: product.id,
        currency,
        amount: asked.unit_amount,
        recurring: asked.recurring
          ? {
              interval: asked.recurring.interval,
              interval_count: asked.recurring.interval_count ?? 1,
              meter: null,
              trial_period_days: null,
              usage_type: 'licensed',
            }
          : null,
      });
      emit(world, 'price.created', price);
      return price;
    },
  },
  {
    method: 'GET',
    path: '/v1/prices/:id',
    run: (world, { id }, form) => {
      shape({})(form, '');
      return find(world, 'price', id ?? '');
    },
  },
  {
    method: 'POST',
    path: '/v1/prices/:id',
    run: (world, { id }, form) => {
      const price = find(world, 'price', id ?? '');
      const asked = shape({ metadata, nickname: text(), active: flag })(form, '');
      const previous = change(world, 'price', price, {
        metadata: mergeMetadata(price.metadata, asked.metadata),
        nickname: asked.nickname ?? price.nickname,
        active: asked.active ?? price.active,
      });
      emit(world, 'price.updated', price, previous);
      return price;
    },
  },
];
