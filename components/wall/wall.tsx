'use client';
import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useEffect } from 'react';
import { useConnection } from '@/components/live/use-live.ts';
import { useLiveLink } from '@/components/shell/live-status.tsx';
import { SessionGate } from '@/components/shell/session-gate.tsx';
import { usePanel } from './use-panel.ts';
import { useSelfHealing } from './use-self-healing.ts';
import { WallPicture } from './wall-picture.tsx';

function WallInside() {
  const { state } = useConnection();
  const router = useRouter();
  const panel = usePanel();
  const language = useLocale() === 'zh-CN' ? 'zh' : 'en';
  useLiveLink();
  useSelfHealing();
  const ended = state === 'signed-out';
  useEffect(() => {
    if (ended) router.replace('/sign-in?to=/wall');
  }, [ended, router]);
  return panel ? <WallPicture panel={panel} language={language} /> : null;
}

/** A screen for a room: read-only, always dark, nothing to click. */
export function Wall() {
  return (
    <div data-theme="dark" className="fixed inset-0 overflow-hidden bg-canvas text-ink">
      <SessionGate>
        <WallInside />
      </SessionGate>
    </div>
  );
}
