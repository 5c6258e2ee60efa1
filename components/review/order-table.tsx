'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { clockText } from '@/components/ui/elapsed.ts';
import { Empty } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { Order } from '@/server/domain/incident.ts';
import { Sideways } from './sideways.tsx';

/** Who was told what by whom, and whether the answer came in time. */
export function OrderTable({ orders }: { orders: readonly Order[] }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const formats = useFormats();
  if (orders.length === 0) return <Empty title={t('review.orders.none')} />;
  return (
    <Sideways label={t('review.orders.title')}>
      <Table aria-label={t('review.orders.title')}>
        <thead>
          <tr>
            <Th>{t('review.orders.to')}</Th>
            <Th>{t('review.orders.sent')}</Th>
            <Th>{t('review.orders.acknowledged')}</Th>
            <Th className="text-end">{t('review.orders.due')}</Th>
            <Th>{t('review.orders.end')}</Th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Tr key={order.id} className="align-top">
              <Td className="align-top">
                <span className="font-medium">
                  {order.target.kind === 'unit' ? order.target.callSign : codes.department(order.target.id)}
                </span>
                {order.text ? (
                  <span className="block max-w-64 text-xs break-words text-ink-soft">{order.text}</span>
                ) : null}
              </Td>
              <Td className="align-top text-xs whitespace-nowrap">
                <span className="figures">{formats.time(order.sentAt)}</span>
                <span className="block text-ink-faint">{order.sentBy.name}</span>
              </Td>
              <Td className="align-top text-xs whitespace-nowrap">
                {order.acknowledgedAt === null ? (
                  <span className="text-ink-faint">{t('review.orders.never')}</span>
                ) : (
                  <>
                    <span className="figures">{formats.time(order.acknowledgedAt)}</span>
                    <span className="figures ms-1.5 text-ink-faint">
                      +{clockText(order.acknowledgedAt - order.sentAt)}
                    </span>
                    <span className="block text-ink-faint">{order.acknowledgedBy?.name}</span>
                  </>
                )}
              </Td>
              <Td className="figures text-end align-top text-xs whitespace-nowrap">
                {clockText(order.dueAt - order.sentAt)}
                {order.late ? (
                  <Badge tone="serious" className="ms-1.5">
                    {t('review.orders.late')}
                  </Badge>
                ) : null}
              </Td>
              <Td className="align-top text-xs">
                {t(`domain.orderState.${order.state}`)}
                {order.endedAt === null ? null : (
                  <span className="figures ms-1.5 text-ink-faint">{formats.time(order.endedAt)}</span>
                )}
                {order.reason ? <span className="block break-words text-ink-soft">{order.reason}</span> : null}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Sideways>
  );
}
