/**
 * Refusals in Stripe's shape: `{"error": {type, code, param, message, …}}` with the status stripe-node maps to
 * its typed errors. `started` says whether the endpoint had begun its work: only then does Stripe keep the
 * answer under the idempotency key (docs.stripe.com/api/idempotent_requests).
 */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly started: boolean;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: { type: string; message: string } & Readonly<Record<string, unknown>>,
    more: { started?: boolean; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.started = more.started ?? false;
    this.headers = more.headers ?? {};
  }
}

const docs = (code: string) => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;

/** A parameter that does not fit; nothing was begun. */
export const badParameter = (message: string, param: string, code?: string): ApiError =>
  new ApiError(400, {
    type: 'invalid_request_error',
    message,
    param,
    ...(code !== undefined && { code, doc_url: docs(code) }),
  });

/** The object is not in a state that allows this; Stripe keeps such an answer under the key. */
export const notPossible = (message: string, code?: string, more: object = {}): ApiError =>
  new ApiError(
    400,
    {
      type: 'invalid_request_error',
      message,
      ...(code !== undefined && { code, doc_url: docs(code) }),
      ...more,
    },
    { started: true },
  );

export const missing = (noun: string, id: string, param = 'id', status = 404): ApiError =>
  new ApiError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    doc_url: docs('resource_missing'),
    message: `No such ${noun}: '${id}'`,
    param,
  });

/** A refused payment: 402 card_error, with the intent as Stripe sends it. */
export const cardDeclined = (
  message: string,
  code: string,
  declineCode: string | null,
  more: Readonly<Record<string, unknown>>,
): ApiError =>
  new ApiError(
    402,
    {
      type: 'card_error',
      code,
      doc_url: docs(code),
      message,
      ...(declineCode !== null && { decline_code: declineCode }),
      ...more,
    },
    { started: true },
  );

/**
 * A parameter that Stripe has and this stand-in does not play. Ignoring it would make a test pass that fails
 * against Stripe, so it is refused by its own name.
 */
export const notImitated = (param: string): ApiError =>
  badParameter(`The stand-in does not imitate this parameter: ${param}`, param, 'stand_in_not_imitated');
