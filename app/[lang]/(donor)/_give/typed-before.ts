export type FormControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What a person has put into a control (for radio buttons: into their group) that did not stand there when the page
 * came; null when it is as it came.
 */
export const typedBefore = (control: FormControl): string | null => {
  if (control instanceof HTMLSelectElement) {
    const asItCame = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return control.value === asItCame?.value ? null : control.value;
  }
  if (control.type !== 'radio') return control.value === control.defaultValue ? null : control.value;
  const group = [...(control.form?.elements ?? [control])].filter(
    (one): one is HTMLInputElement => one instanceof HTMLInputElement && one.name === control.name,
  );
  const chosen = group.find((one) => one.checked);
  return chosen === undefined || chosen.defaultChecked ? null : chosen.value;
};
