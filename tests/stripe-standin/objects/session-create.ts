import { badParameter } from '../errors';
import { checkAmount, readCurrency } from '../currencies';
import { mergeMetadata } from '../params';
import type { Call } from '../router';
import type { LineItem, Price, Session } from '../store';
import { find, newId, now, plan, type World } from '../world';
import { defaultCapture, METHOD_TYPES, refuseRemovedTypes } from './intents';
import { makePrice, makeProduct } from './products';
import type { Asked, AskedLine } from './session-params';

const HOUR = 3600;

/** Currencies in which each wallet is offered; delayed debits are in euro. Cards take all. */
const OFFERED_IN: Readonly<Partial<Record<string, readonly string[]>>> = {
  alipay: 'aud cad cny eur gbp hkd jpy myr nzd sgd usd'.split(' '),
  wechat_pay: 'aud cad chf cny dkk eur gbp hkd jpy nok sek sgd usd'.split(' '),
  sepa_debit: ['eur'],
};

const priceOf = (world: World, line: AskedLine, name: string): Price => {
  if (line.price !== undefined) return find(world, 'price', line.price, `${name}[price]`);
  const data = line.price_data;
  if (!data)
    throw badParameter(`Missing required param: ${name}[price].`, `${name}[price]`, 'parameter_missing');
  if (data.unit_amount === undefined)
    throw badParameter(
      `Missing required param: ${name}[price_data][unit_amount].`,
      `${name}[price_data][unit_amount]`,
      'parameter_missing',
    );
  const currency = readCurrency(data.currency, `${name}[price_data][currency]`);
  if (data.product === undefined && !data.product_data)
    throw badParameter(
      `Missing required param: ${name}[price_data][product_data].`,
      `${name}[price_data][product_data]`,
      'parameter_missing',
    );
  const product =
    data.product === undefined
      ? makeProduct(world, { name: data.product_data?.name ?? '' })
      : find(world, 'product', data.product, `${name}[price_data][product]`);
  return makePrice(world, { product: product.id, currency, amount: data.unit_amount, active: false });
};

const makeLines = (world: World, asked: Asked): LineItem[] => {
  const lines = asked.line_items ?? [];
  if (lines.length === 0)
    throw badParameter('Missing required param: line_items.', 'line_items', 'parameter_missing');
  return lines.map((line, index) => {
    const price = priceOf(world, line, `line_items[${index}]`);
    const quantity = line.quantity ?? 1;
    const amount = (price.unit_amount ?? 0) * quantity;
    const product = world.store.get('product', price.product ?? '');
    return {
      id: newId(world, 'li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: product?.name ?? null,
      metadata: null,
      price: structuredClone(price),
      quantity,
    } as unknown as LineItem;
  });
};

const methodTypes = (asked: Asked, currency: string): string[] => {
  const wanted: readonly string[] =
    asked.payment_method_types ?? asked.allowed_payment_method_types ?? METHOD_TYPES;
  const excluded: readonly string[] = asked.excluded_payment_method_types ?? [];
  const types = wanted.filter(
    (type) => !excluded.includes(type) && (OFFERED_IN[type]?.includes(currency) ?? true),
  );
  if (types.length === 0)
    throw badParameter(
      `No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency (${currency}).`,
      'allowed_payment_method_types',
    );
  return types;
};

/** Checks the parameters as Stripe does and opens a session; the intent comes later, with the first try to pay. */
export const makeSession = (world: World, asked: Asked, call: Call): Session => {
  refuseRemovedTypes(call, asked.payment_method_types);
  if ((asked.mode ?? 'payment') !== 'payment')
    throw badParameter('The stand-in imitates mode=payment only.', 'mode', 'stand_in_not_imitated');
  if (asked.ui_mode !== undefined && asked.ui_mode !== 'hosted_page')
    throw badParameter('The stand-in imitates ui_mode=hosted_page only.', 'ui_mode', 'stand_in_not_imitated');
  if (asked.success_url === undefined)
    throw badParameter('Missing required param: success_url.', 'success_url', 'parameter_missing');
  const created = now(world);
  const expires = asked.expires_at ?? created + 24 * HOUR;
  if (expires < created + HOUR / 2 - 60 || expires > created + 24 * HOUR + 60)
    throw badParameter(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      'expires_at',
    );
  const customer = asked.customer === undefined ? null : find(world, 'customer', asked.customer, 'customer');
  const items = makeLines(world, asked);
  const currency = items[0]?.currency ?? 'usd';
  if (items.some((item) => item.currency !== currency))
    throw badParameter('All line items must have the same currency.', 'line_items');
  const total = items.reduce((sum, item) => sum + item.amount_total, 0);
  checkAmount(total, currency, 'line_items[0][price_data][unit_amount]');
  const id = newId(world, 'cs_test');
  const data = asked.payment_intent_data;
  const session: Session = {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: asked.adaptive_pricing?.enabled ?? true },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: asked.allowed_payment_method_types
      ? [...asked.allowed_payment_method_types]
      : null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: asked.billing_address_collection ?? null,
    cancel_url: asked.cancel_url ?? null,
    client_reference_id: asked.client_reference_id ?? null,
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : (asked.customer_creation ?? 'if_required'),
    customer_details:
      asked.customer_email === undefined && !customer?.email
        ? null
        : personDetails(asked.customer_email ?? customer?.email ?? null, null),
    customer_email: asked.customer_email ?? null,
    discounts: [],
    ...(asked.excluded_payment_method_types && {
      excluded_payment_method_types: [...asked.excluded_payment_method_types],
    }),
    expires_at: expires,
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: world.settings.livemode,
    locale: asked.locale ?? null,
    managed_payments: { enabled: false },
    metadata: mergeMetadata({}, asked.metadata),
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: methodTypes(asked, currency),
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: asked.submit_type ?? null,
    subscription: null,
    success_url: asked.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.publicUrl}/pay/${id}`,
    wallet_options: null,
  };
  world.store.put('lines', { id, items });
  world.store.put('fact', {
    id: `intent-data:${id}`,
    value: JSON.stringify({
      metadata: mergeMetadata({}, data?.metadata),
      description: data?.description ?? null,
      captureMethod: data?.capture_method ?? defaultCapture(call),
      receiptEmail: data?.receipt_email ?? null,
      shipping: data?.shipping ?? null,
    }),
  });
  plan(world, 'expire_session', id, expires - created);
  return world.store.put('session', session);
};

/** What the session knows of the donor. */
export const personDetails = (address: string | null, name: string | null): Session['customer_details'] => ({
  address: null,
  business_name: null,
  email: address,
  individual_name: null,
  name,
  phone: null,
  tax_exempt: 'none',
  tax_ids: null,
});
