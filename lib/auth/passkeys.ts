import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { env } from '../env';

/*
 * WebAuthn (W3C, level 3) as we use it: no attestation, the person is verified by the authenticator (fingerprint, face or
 * number), and an answer counts only when it was made for our own address. All of it is computed here; nothing is asked
 * of anybody else.
 */

/** How long a browser has to answer. */
export const CHALLENGE_SECONDS = 120;

const ours = (): { readonly origin: string; readonly name: string } => {
  const { origin, hostname } = new URL(env.PUBLIC_URL);
  return { origin, name: hostname };
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'));

/** What a browser is asked for to make a new passkey. `known`: credentials the person has already. */
export const creationOptions = (
  person: { readonly id: string; readonly email: string },
  challenge: string,
  known: readonly string[],
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: '善路 Shanlu',
    rpID: ours().name,
    userName: person.email,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    challenge: bytesOf(challenge),
    timeout: CHALLENGE_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
  });

/** What a browser is asked for to use one of these passkeys. */
export const requestOptions = (
  challenge: string,
  known: readonly string[],
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: ours().name,
    challenge: bytesOf(challenge),
    timeout: CHALLENGE_SECONDS * 1000,
    allowCredentials: known.map((id) => ({ id })),
    userVerification: 'required',
  });

export type NewCredential = {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: bigint;
};

/** The credential a browser made for this challenge, or null when its answer does not hold. */
export const readNewCredential = async (
  answer: unknown,
  challenge: string,
): Promise<NewCredential | null> => {
  const { origin, name } = ours();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: name,
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      credentialId: Buffer.from(id, 'base64url'),
      publicKey: Buffer.from(publicKey),
      counter: BigInt(counter),
    };
  } catch {
    return null;
  }
};

/** The new count of signatures when this credential signed this challenge for us, or null when it did not. */
export const readUse = async (
  answer: unknown,
  challenge: string,
  credential: NewCredential,
): Promise<bigint | null> => {
  const { origin, name } = ours();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: name,
      requireUserVerification: true,
      credential: {
        id: credential.credentialId.toString('base64url'),
        publicKey: new Uint8Array(credential.publicKey),
        counter: Number(credential.counter),
      },
    });
    return verified ? BigInt(authenticationInfo.newCounter) : null;
  } catch {
    return null;
  }
};
