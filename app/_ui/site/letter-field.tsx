import { TextField } from '../form/component';

/** Where somebody without script puts what their letter says: the whole link, or only its end. */
export function LetterField({
  name,
  label,
  error,
  typed,
}: {
  readonly name: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly typed: string;
}) {
  return (
    <TextField
      id={name}
      name={name}
      label={label}
      error={error}
      type="text"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={600}
      required
      defaultValue={typed}
    />
  );
}
