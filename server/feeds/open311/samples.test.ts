import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { open311 } from './open311.ts';

/** Answers out of another project's tests. */
const collection = openCollection('open311');
const documentOf = (file: string) => {
  const document = open311.decode(collection.bytes(file));
  if (isRefusal(document)) throw new Error(`${file}: ${document.detail}`);
  return document;
};

describe.skipIf(!collection.present)('collected answers', () => {
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
