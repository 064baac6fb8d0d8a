import { z } from 'zod';
import { noteRefusedRight } from '@/lib/auth/refused-rights';
import { mayDo } from '@/lib/auth/roles.rules';
import { currentActor, refuseForeignRequest, type StaffActor } from '@/lib/auth/session';
import { photographFacts } from '@/lib/evidence/upload.form';
import { finishUpload, opensKey, receivePiece, resumeUpload } from '@/lib/evidence/upload.flow';
import { SEALED_EXTRA_MAX } from '@/lib/evidence/waiting.rules';
import { PICTURE_BYTES_MAX } from '@/lib/files/picture.rules';
import { readUpload } from '@/lib/files/upload';
import { noteRefusal, noteRefused, noteRefusedInput } from '@/lib/server/refusal-log';
import { readSmallJson } from '@/lib/server/small-form';
import { sha256 } from '@/lib/shared/form-parts';
import type { RefusalName } from '@/lib/shared/refusal';
import { refuse, type Result } from '@/lib/shared/result';

type Context = { params: Promise<{ id: string }> };

const ROUTE = '/api/site/uploads/[id]';
const PIECE_MAX = 1_048_576;
const beginBody = z.object({
  sha256,
  sizeBytes: z
    .number()
    .int()
    .min(1)
    .max(PICTURE_BYTES_MAX + SEALED_EXTRA_MAX),
  pieceBytes: z.number().int().min(4096).max(PIECE_MAX),
  /** Of a photograph that waited sealed: for which key, and who took it. */
  sealed: z.object({ key: z.string().regex(/^[0-9a-f]{16}$/), person: z.uuid() }).optional(),
});
/** Of a sealed one everything else is said within. */
const finishSealed = z.strictObject({ sealed: z.literal(true) });

/** The inspector who is signed in, and the upload's id; or the answer to give instead. */
const whoAndWhat = async (
  request: Request,
  context: Context,
): Promise<{ actor: StaffActor; id: string } | Response> => {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  const actor = await currentActor();
  const answer = mayDo(actor, 'photograph:file');
  if (answer !== 'allowed') noteRefusedRight(actor, 'photograph:file', ROUTE, answer);
  if (actor.kind !== 'person' || answer !== 'allowed')
    return Response.json({ refused: answer }, { status: answer === 'not_permitted' ? 403 : 401 });
  const id = z.uuid().safeParse((await context.params).id);
  return id.success ? { actor, id: id.data } : Response.json({ refused: 'not_found' }, { status: 404 });
};

/** Refused for now: the phone keeps the photograph and sends it again by itself. */
const LATER = new Set<RefusalName>(['busy_try_again', 'file_not_checked']);

const answerOf = (result: Result<unknown>, actor: StaffActor): Response => {
  if (result.ok) return Response.json(result.value);
  noteRefused(result.refusal, { door: ROUTE, actor });
  const status = LATER.has(result.refusal.name) ? 503 : 422;
  return Response.json({ refused: result.refusal.name }, { status });
};

/** A body that our script does not send. */
const refuseBody = (
  schema: z.ZodType,
  { error }: { error?: z.ZodError | undefined },
  body: unknown,
): Response => {
  noteRefusedInput(schema, error?.issues ?? [], body);
  return Response.json({ refused: 'invalid_input' }, { status: 422 });
};

/** Begins or resumes an upload: which pieces are there. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const sent = await readSmallJson(request);
  const body = beginBody.safeParse(sent);
  if (!body.success) return refuseBody(beginBody, body, sent);
  const { sealed, ...plan } = body.data;
  const about = { door: ROUTE, actor: asked.actor };
  if (sealed === undefined && plan.sizeBytes > PICTURE_BYTES_MAX) {
    noteRefusal({ code: 'invalid_input', field: 'sizeBytes', ...about });
    return Response.json({ refused: 'invalid_input' }, { status: 422 });
  }
  // Somebody else has signed in meanwhile: what this person cannot open waits for whoever can.
  if (sealed !== undefined && sealed.person !== asked.actor.personId) {
    noteRefusal({ code: 'not_signed_in', field: 'person', ...about });
    return Response.json({ refused: 'not_signed_in' }, { status: 401 });
  }
  if (sealed !== undefined && !opensKey(sealed.key))
    return answerOf(refuse('sealed_unreadable', {}, 'key'), asked.actor);
  return answerOf(await resumeUpload(asked.actor, { id: asked.id, ...plan }), asked.actor);
}

/** One piece, its number in the query. */
export async function PUT(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const no = new URL(request.url).searchParams.get('piece') ?? '';
  const bytes = await readUpload(request.body, PIECE_MAX);
  if (!/^\d{1,4}$/.test(no) || !bytes.ok) {
    noteRefusal(bytes.ok ? { code: 'shape_wrong', field: 'piece' } : { code: bytes.refusal.name });
    return Response.json({ refused: 'invalid_input' }, { status: 422 });
  }
  const kept = await receivePiece(asked.actor, asked.id, Number.parseInt(no, 10), bytes.value);
  return answerOf(kept, asked.actor);
}

/** All pieces are there: the photograph is filed. */
export async function PATCH(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const sent = await readSmallJson(request);
  const sealed = finishSealed.safeParse(sent).success;
  const body = photographFacts.safeParse(sent);
  if (!sealed && !body.success) return refuseBody(photographFacts, body, sent);
  const done = await finishUpload(asked.actor, asked.id, body.success ? body.data : 'sealed');
  return answerOf(done, asked.actor);
}
