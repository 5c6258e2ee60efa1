import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { open311 } from './open311.ts';

/** Answers out of another project's tests. Not part of the project. */
const folder = join(process.env.FEED_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data/feeds'), 'open311');
const documentOf = (file: string) => {
  const document = open311.decode(readFileSync(join(folder, file)));
  if (isRefusal(document)) throw new Error(`${file}: ${document.detail}`);
  return document;
};

describe.skipIf(!existsSync(folder))('collected answers', () => {
  it('an error behind its headers is an error with the status of the headers', () => {
    const document = documentOf('cfa_403.xml');
    expect(document).toMatchObject({
      kind: 'errors',
      errors: [{ code: '403', description: "Invalid api_key received -- can't proceed with create_request." }],
    });
    expect(open311.map(document, { receivedAt: null, crs: 'wgs84', options: {} })).toMatchObject([
      { refused: 'unauthorized' },
    ]);
  });

  it('a receipt', () => {
    expect(documentOf('cfa_request_id_from_token.xml')).toMatchObject({
      kind: 'filed',
      filed: [{ id: '638344', token: '12345' }],
    });
  });

  it('a definition', () => {
    expect(documentOf('cfa_service_definition.xml')).toEqual({
      encoding: 'xml',
      unreadable: [],
      kind: 'definition',
      serviceCode: 'DMV66',
      attributes: [
        {
          code: 'WHISHETN',
          datatype: 'singlevaluelist',
          required: true,
          description: 'What is the ticket/tag/DL number?',
          values: [
            { key: '123', name: 'Ford' },
            { key: '124', name: 'Chrysler' },
          ],
        },
      ],
    });
  });
});
