import { csvText, type CsvColumn } from '../shared/csv';
import type { CurrencyCode } from '../shared/currencies';
import { toDecimal } from '../shared/money';
import type { Report, ReportRow } from './report.rules';

/** A report as CSV: amounts as plain decimals, everything people typed as inert text. */
export const reportCsv = (report: Report): string =>
  csvText(
    report.columns.map((column, index): CsvColumn<ReportRow> => ({
      name: column.label,
      kind: column.kind === 'money' ? 'amount' : 'text',
      value: (row) => {
        const cell = row.cells[index];
        switch (cell?.kind) {
          case 'text':
            return cell.text;
          case 'count':
            return String(cell.count);
          case 'money':
            return toDecimal(cell.minor, report.currency as CurrencyCode);
          default:
            return null;
        }
      },
    })),
    report.rows,
  );
