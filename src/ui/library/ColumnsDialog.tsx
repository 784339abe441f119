// Which column of a table holds what: its first rows to look at, and one choice for each part of a post.
import { useState } from 'react';
import { Heading } from 'react-aria-components/Heading';
import { useServices } from '../../app/hooks.ts';
import type { ColumnChoice, UnclearTable } from '../../core/index.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { text } from '../text.ts';
import './ColumnsDialog.css';

const parts = ['text', 'title', 'date', 'url', 'id', 'summary', 'author', 'tags'] as const;

export function ColumnsDialog({ table, onClose }: { table: UnclearTable; onClose: () => void }) {
  const { imports } = useServices();
  const [choice, setChoice] = useState<ColumnChoice>(table.guess);
  const words = text.library.columns;

  function add(): void {
    onClose();
    void imports.importAgain({ columns: choice });
  }

  return (
    <Modal label={words.title} place="middle" onClose={onClose}>
      <div className="columns-dialog">
        <Heading level={2}>{words.title}</Heading>
        <p>{words.intro(table.file, table.rows.length)}</p>
        <div className="columns-dialog__table" tabIndex={0} role="region" aria-label={table.file}>
          <table>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className="columns-dialog__parts">
          {parts.map((part) => (
            <label key={part}>
              <span>{words.parts[part]}</span>
              <select
                value={choice[part] ?? ''}
                onChange={({ target: { value } }) =>
                  setChoice((before) => ({ ...before, [part]: value === '' ? null : value }))
                }
              >
                {part === 'text' ? null : <option value="">{words.none}</option>}
                {table.columns.map((column) => (
                  <option key={column} value={column}>
                    {column}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
        <div className="columns-dialog__actions">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="strong" onClick={add}>
            {words.add}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
