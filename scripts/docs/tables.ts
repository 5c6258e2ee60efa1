import { departmentFeeds } from '@/server/departments/registry.ts';
import { clockNames, clockTargets } from '@/server/domain/clock.ts';
import { moveTable, returnLimit } from '@/server/domain/incident-move.ts';
import { actions, policy, type Scope } from '@/server/domain/policy.ts';
import { refusalCodes } from '@/server/domain/refusal.ts';
import { type Role, roles } from '@/server/domain/role.ts';
import {
  assignmentFollows,
  assignmentStates,
  restStatuses,
  unitStatuses,
  unknownStatusCode,
} from '@/server/domain/unit.ts';
import { variables } from '@/server/env.ts';
import { refusalReasons } from '@/server/feeds/refusal.ts';
import { protocols } from '@/server/feeds/registry.ts';
import { tableRules } from '@/server/store/access-rules.ts';
import { code, page, table } from './table.ts';

export const environment = (): string =>
  page(
    'Environment',
    'Read once at start, by `server/env.ts` alone. A wrong value stops the start and is named; an empty one counts as not set.',
    table(
      ['Variable', 'Default', 'Secret', 'Meaning'],
      Object.entries(variables).map(([name, of]) => [
        code(name),
        of.fallback === null ? null : code(of.fallback),
        of.secret ? 'yes' : '',
        of.doc,
      ]),
    ),
  );

const scopeMark: Record<Scope, string> = { all: '●', own: 'own', district: 'district' };

export const policyPage = (): string =>
  page(
    'Who may do what',
    'One table (`server/domain/policy.ts`): procedures ask it, the socket asks it at join and at every emit, and the row-level security of the database is rendered from it.\n' +
      '● everywhere; **own**: what touches the own department; **district**: what lies in the own district.',
    table(
      ['Role', ...actions.map(code)],
      roles.map((role: Role) => [
        role,
        ...actions.map((action) => {
          const scope = (policy[action] as Partial<Record<Role, Scope>>)[role];
          return scope ? scopeMark[scope] : '';
        }),
      ]),
    ),
    '## Rows of the database',
    'A role that a table does not name sees none of its rows. The application owns no table and cannot pass by this (forced row-level security).',
    table(
      [
        'Table',
        'Read everywhere',
        'Read own',
        'Read district',
        'Or where',
        'Write everywhere',
        'Write own',
        'Write district',
        'Or where',
      ],
      Object.entries(tableRules).map(([name, { read, write }]) => [
        code(name),
        ...[read, write].flatMap((grant) => [
          grant.all.join(', '),
          grant.own.join(', '),
          grant.district.join(', '),
          grant.where === null ? '' : code(grant.where.length > 90 ? `${grant.where.slice(0, 90)}…` : grant.where),
        ]),
      ]),
    ),
  );

export const incidentMoves = (): string =>
  page(
    'Incident: states and moves',
    `From \`server/domain/incident-move.ts\`; screens grey out what is not possible by the same table. An incident is returned at most ${returnLimit} times.`,
    table(
      ['Move', 'From', 'To', 'Who', 'Guard', 'Clock', 'Effect'],
      moveTable.map((of) => [
        code(of.name),
        of.from.join(', '),
        of.to,
        of.roles.join(', '),
        of.guard,
        of.clock,
        of.effect,
      ]),
    ),
  );

export const unitTransitions = (): string =>
  page(
    'Unit: statuses and assignments',
    'The status that everybody sees: an emergency first, then the primary assignment, then what the unit says of itself.',
    '## Codes on the wire',
    table(
      ['Code', 'Status', 'Comes from'],
      [
        ...unitStatuses.map((status, index) => [
          index,
          code(status),
          (restStatuses as readonly string[]).includes(status)
            ? 'the unit itself'
            : status === 'emergency'
              ? 'an SOS'
              : 'an assignment',
        ]),
        [unknownStatusCode, 'unknown', 'nobody has said'],
      ],
    ),
    '## Steps of an assignment',
    'A step may be left out, none may be gone back but where it is named.',
    table(
      ['From', 'To'],
      assignmentStates.map((state) => [code(state), assignmentFollows[state].join(', ')]),
    ),
  );

export const clocks = (): string =>
  page(
    'Clocks and targets',
    `Clocks ${clockNames[0]}–${clockNames.at(-1)} are stamped once a cycle (see the moves). Targets are data; a source is "unverified" until somebody has read the clause itself.`,
    table(
      ['Target', 'From', 'To', 'Within (s)', 'Share', 'Source', 'Clause'],
      clockTargets.map((of) => [
        code(of.id),
        of.from,
        of.to,
        of.withinS,
        `${Math.round(of.share * 100)} %`,
        of.source,
        of.verified ? 'verified' : 'unverified',
      ]),
    ),
  );

export const refusals = (): string =>
  page(
    'Refusals',
    'A refusal is an answer, not a fault; nothing was changed. Words for each are in `messages/` under `refusal`.',
    '## Commands',
    'A procedure that refuses answers with an error whose `data.refusal` holds `{refused, detail, by, subject}`.',
    table(
      ['Code', 'Meaning'],
      Object.entries(refusalCodes).map(([name, words]) => [code(name), words]),
    ),
    '## Messages of feeds',
    'What cannot be read is kept in the quarantine under one of these; `npm run decode` prints the same.',
    table(
      ['Reason', 'Meaning'],
      Object.entries(refusalReasons).map(([name, words]) => [code(name), words]),
    ),
  );

export const feeds = (): string =>
  page(
    'Feeds',
    'Listeners bind loopback until an installation opens them (`JT808_HOST`, `PUSH_HOST`); each has a port of its own.',
    '## Listeners',
    table(
      ['What', 'Address', 'Variables'],
      [
        [
          'JT/T 808 terminals, TCP',
          `${variables.JT808_HOST.fallback}:${variables.JT808_PORT.fallback}`,
          '`JT808_HOST`, `JT808_PORT`',
        ],
        [
          'JSON push `/v1/push`, CAP push `/v1/cap`, schema `/v1/schema`, HTTP',
          `${variables.PUSH_HOST.fallback}:${variables.PUSH_PORT.fallback}`,
          '`PUSH_HOST`, `PUSH_PORT`',
        ],
        ['CAP alerts, polled (Atom, RSS)', 'off until a URL is set', '`CAP_POLL_URL`'],
        ['All others', 'the port below', '`FEEDS_FILE`, `FEED_LISTEN`'],
      ],
    ),
    '## Sources',
    table(
      ['Id', 'Department', 'Source', 'Protocol', 'Transport', 'Port', 'On', 'Expected every (s)', 'Datum', 'Speaks of'],
      departmentFeeds.map(({ department, feed }) => [
        code(feed.id),
        department.id,
        `${feed.title.en} ${feed.title['zh-CN']}`,
        feed.protocol,
        feed.transport,
        feed.listen?.port ?? null,
        feed.enabled ? 'yes' : 'no',
        feed.expectedIntervalS,
        feed.crs,
        feed.kinds.join(', '),
      ]),
    ),
    '## Protocols',
    table(
      ['Id', 'Title', 'Standard', 'Most bytes a message'],
      protocols.map((of) => [code(of.id), of.title, of.standard, of.maxFrameBytes]),
    ),
  );
