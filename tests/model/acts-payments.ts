import {
  approveDisbursement,
  bounceDisbursement,
  payDisbursement,
  requestDisbursement,
  returnDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { seen, type Kind } from './kind';
import * as model from './payments';

export const PAYMENT_ACTS: readonly Kind[] = [
  {
    name: 'disbursement.request',
    command: requestDisbursement,
    weight: 60,
    judge: model.requestDisbursement,
    draw: ({ state, random, day }) => {
      const certificate = random.fitting(state.certificates, (one) => model.unclaimed(state, one) > 0n, 6);
      if (!certificate) return null;
      const { road } = certificate.contract;
      const used = new Set(state.payments.map((one) => one.sha));
      const invoice = random.fitting(
        state.papers,
        (one) => one.road === road && one.kind === 'invoice' && !used.has(one.sha),
        8,
      );
      return {
        certificate: random.chance(2) ? 'C-ML-0000-1/K1' : certificate.code,
        invoice: invoice && random.chance(97) ? invoice.code : 'F-9999',
        amountMinor: random.near(model.unclaimed(state, certificate)),
        on: day(),
      };
    },
  },
  {
    name: 'disbursement.approve',
    command: approveDisbursement,
    weight: 60,
    judge: model.approveDisbursement,
    draw: ({ state, random, day }) => {
      const payment = random.fitting(state.payments, (one) => one.status === 'submitted');
      return (
        payment && {
          disbursement: random.chance(2) ? 'D-9999' : payment.code,
          seenHash: seen(random, payment.hash),
          on: day(),
        }
      );
    },
  },
  {
    name: 'disbursement.return',
    command: returnDisbursement,
    weight: 6,
    judge: model.returnDisbursement,
    draw: ({ state, random, day }) => {
      const payment = random.fitting(state.payments, (one) => one.status === 'submitted');
      return payment && { disbursement: payment.code, reason: '发票不清', on: day() };
    },
  },
  {
    name: 'disbursement.pay',
    command: payDisbursement,
    weight: 60,
    judge: model.payDisbursement,
    draw: ({ state, random, day }) => {
      const payment = random.fitting(state.payments, (one) => one.status === 'approved');
      return (
        payment && {
          disbursement: payment.code,
          on: day(),
          bankAccount: random.chance(80) ? 'main' : 'second',
          bankReference: `TT-${payment.code}`,
        }
      );
    },
  },
  {
    name: 'disbursement.bounce',
    command: bounceDisbursement,
    weight: 10,
    judge: model.bounceDisbursement,
    draw: ({ state, random, day }) => {
      const payment = random.fitting(state.payments, (one) => one.status === 'paid');
      return payment && { disbursement: payment.code, reason: '账号有误', on: day() };
    },
  },
];
