import { notFound } from 'next/navigation';

/** Every address that no page answers, so that its answer speaks the visitor's language and carries a nonce. */
export default function Missing(): never {
  notFound();
}
