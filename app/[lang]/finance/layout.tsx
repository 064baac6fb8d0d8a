import type { ReactNode } from 'react';
import { WhileSignedIn } from '../while-signed-in';

export default function Layout({ children }: { children: ReactNode }) {
  return <WhileSignedIn>{children}</WhileSignedIn>;
}
