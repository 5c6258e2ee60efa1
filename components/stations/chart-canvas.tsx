'use client';
import type { EChartsCoreOption } from 'echarts/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Failed, Loading } from '@/components/ui/states.tsx';

type Chart = ReturnType<typeof import('./chart-engine.ts')['startChart']>;

/** Draws an option on a canvas; the engine comes when the first chart is shown. What it shows is also said in words. */
export function ChartCanvas({ option, label }: { option: EChartsCoreOption | null; label: string }) {
  const t = useTranslations('stations.chart');
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const target = box.current;
    if (!target) return;
    let open = true;
    let made: Chart | null = null;
    let watcher: ResizeObserver | null = null;
    import('./chart-engine.ts').then(
      ({ startChart }) => {
        if (!open) return;
        const started = startChart(target);
        made = started;
        watcher = new ResizeObserver(() => started.resize());
        watcher.observe(target);
        setChart(started);
      },
      () => open && setFailed(true),
    );
    return () => {
      open = false;
      watcher?.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);
  useEffect(() => {
    if (chart && option && !chart.isDisposed()) chart.setOption(option, { notMerge: true });
  }, [chart, option]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        role="img"
        aria-label={label}
        data-drawn={chart && option ? true : undefined}
        className="absolute inset-0"
      />
      {failed ? (
        <Failed title={t('engineFailed')} onRetry={() => window.location.reload()} className="absolute inset-0" />
      ) : chart && option ? null : (
        <Loading className="absolute inset-0" />
      )}
    </div>
  );
}
