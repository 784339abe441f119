// Tables whose columns nobody can tell: the author says what they hold, and the files are read again.
import { Suspense, useState } from 'react';
import type { UnclearTable } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { lazyPart } from '../parts/lazyPart.ts';
import { text } from '../text.ts';

const ColumnsDialog = lazyPart(() => import('./ColumnsDialog.tsx').then((file) => file.ColumnsDialog));

export function UnclearTables({ tables }: { tables: readonly UnclearTable[] }) {
  const [open, setOpen] = useState<UnclearTable | null>(null);
  const words = text.library.result;
  return (
    <>
      {tables.map((table) => (
        <p key={table.file} className="import-panel__unclear">
          {words.unclear(table.file)}
          <Button look="strong" onClick={() => setOpen(table)}>
            {words.chooseColumns}
          </Button>
        </p>
      ))}
      {open === null ? null : (
        <Suspense>
          <ColumnsDialog table={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
