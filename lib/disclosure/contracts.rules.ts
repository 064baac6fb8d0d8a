type Signed = { readonly amount_minor: bigint };
type Quote = { readonly amount_minor: bigint; readonly chosen: boolean };

/**
 * Out of how many quotes a contract was chosen, and whether none was lower. Quotes are known of the road: once it has a
 * second contract they cannot be told apart, and then the answer is none.
 */
export const quotedFor = (
  contract: Signed,
  { contracts, quotes }: { readonly contracts: readonly Signed[]; readonly quotes: readonly Quote[] },
): { readonly quotes: number; readonly lowest: boolean } => {
  const asked = contracts.length === 1 ? quotes : [];
  return {
    quotes: asked.length,
    lowest: asked.every((one) => one.chosen || one.amount_minor >= contract.amount_minor),
  };
};
