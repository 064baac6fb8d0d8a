// Types for the two mail packages that ship none: only what the local mailbox uses.

declare module 'smtp-server' {
  import type { Server } from 'node:net';
  import type { Readable } from 'node:stream';

  export type Session = { readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] } };
  export type Options = {
    readonly authOptional: boolean;
    readonly disabledCommands: readonly string[];
    readonly size: number;
    readonly onData: (
      stream: Readable & { readonly sizeExceeded: boolean },
      session: Session,
      done: (error?: Error) => void,
    ) => void;
  };
  export class SMTPServer {
    constructor(options: Options);
    readonly server: Server;
    listen(port: number, host: string, ready?: () => void): void;
    close(done?: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }
}

declare module 'mailparser' {
  type Addresses = {
    readonly value: readonly { readonly address?: string; readonly name: string }[];
    readonly text: string;
  };
  export type ParsedMail = {
    readonly from?: Addresses;
    readonly to?: Addresses | readonly Addresses[];
    readonly subject?: string;
    readonly date?: Date;
    readonly messageId?: string;
    readonly text?: string;
    readonly html?: string | false;
    readonly attachments: readonly {
      readonly filename?: string;
      readonly contentType: string;
      readonly content: Buffer;
      readonly size: number;
    }[];
    readonly headers: ReadonlyMap<string, unknown>;
  };
  export const simpleParser: (
    source: Buffer,
    options?: { readonly skipImageLinks?: boolean },
  ) => Promise<ParsedMail>;
}
