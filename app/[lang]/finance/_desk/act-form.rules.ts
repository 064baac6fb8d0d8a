/**
 * What a staff form asks, as data: the same list draws the fields and reads them. Fields of one row stand side by side;
 * fields one after another with the same `fold` are folded away under these words.
 */
export type DeskField = { readonly row?: number | undefined; readonly fold?: string | undefined } & (
  | {
      readonly kind: 'amount';
      readonly name: string;
      readonly label: string;
      readonly value?: string | undefined;
    }
  | { readonly kind: 'day'; readonly name: string; readonly label: string; readonly value: string }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly label: string;
      readonly value?: string | undefined;
      readonly hint?: string | undefined;
    }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly optional?: boolean | undefined;
      readonly value?: string | undefined;
    }
  | {
      readonly kind: 'area';
      readonly name: string;
      readonly label: string;
      readonly optional?: boolean | undefined;
      readonly value?: string | undefined;
    }
  | { readonly kind: 'file'; readonly name: string; readonly label: string; readonly accept: string }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      readonly value?: string | undefined;
    }
);

/** What came back from an act that was refused: the words, the field at fault, and everything that was typed. */
export type DeskState = {
  readonly message: string | null;
  readonly field: string | null;
  readonly values: Readonly<Record<string, string>>;
};

export const FRESH: DeskState = { message: null, field: null, values: {} };

/** The fields with those of one row together. */
export const rowsOf = (fields: readonly DeskField[]): readonly (readonly DeskField[])[] => {
  const rows: DeskField[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (last && field.row !== undefined && last[0]?.row === field.row) last.push(field);
    else rows.push([field]);
  }
  return rows;
};

/** The fields in their order, those folded away together apart from the others. */
export const foldsOf = (
  fields: readonly DeskField[],
): readonly { readonly fold: string | undefined; readonly fields: readonly DeskField[] }[] => {
  const folds: { fold: string | undefined; fields: DeskField[] }[] = [];
  for (const field of fields) {
    const last = folds.at(-1);
    if (last && last.fold === field.fold) last.fields.push(field);
    else folds.push({ fold: field.fold, fields: [field] });
  }
  return folds;
};
