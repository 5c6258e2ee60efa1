'use client';
import { BellOff, BellRing, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { serverNow, useNow } from '@/components/ui/clock.ts';
import { ChordHint } from './keyboard-help.tsx';
import { newId } from './new-id.ts';
import { useSigned } from './session-gate.tsx';
import { soundCauses } from './sound-causes.ts';
import { claimLease, leaseMs, readLease, renewMs } from './sound-lead.ts';
import { createSoundPlayer, type SoundPlayer } from './sound-player.ts';
import { audible, type Heard, nextSound, stillSilenced } from './sound-schedule.ts';
import { gainOf, keepVolume, readVolume, subscribeVolume, type Volume } from './sound-settings.ts';
import { useHotkeys } from './use-hotkeys.tsx';

const leaseKey = 'sound-lead';
const serverVolume = (): Volume => 'normal';
export const useVolume = (): Volume => useSyncExternalStore(subscribeVolume, readVolume, serverVolume);

/** Whether this tab is the one that sounds. Without storage every tab thinks so: twice is better than never. */
function useLead(): boolean {
  const [lead, setLead] = useState(false);
  useEffect(() => {
    const tab = newId();
    const ask = () => {
      try {
        const me = { tab, seen: document.visibilityState === 'visible' };
        const lease = claimLease(readLease(localStorage.getItem(leaseKey)), me, Date.now());
        if (lease) localStorage.setItem(leaseKey, JSON.stringify(lease));
        setLead(lease !== null);
      } catch {
        setLead(true);
      }
    };
    const leave = () => {
      try {
        if (readLease(localStorage.getItem(leaseKey))?.tab === tab) localStorage.removeItem(leaseKey);
      } catch {
        // It runs out by itself.
      }
    };
    ask();
    const timer = setInterval(ask, Math.min(renewMs, leaseMs / 3));
    document.addEventListener('visibilitychange', ask);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return lead;
}

/** Sounds what waits until somebody answers, and shows how the sound is: asking, silenced, muted, or held back by the browser. */
export function SoundDesk() {
  const t = useTranslations('shell.sound');
  const { actor } = useSigned();
  const now = useNow();
  const volume = useVolume();
  const lead = useLead();
  const player = useRef<SoundPlayer | null>(null);
  const heard = useRef<Heard>(null);
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set());
  const [blocked, setBlocked] = useState(false);
  const { signals, alarms, incidents } = useRecords((all) => ({
    signals: all.all('signal'),
    alarms: all.all('alarm'),
    incidents: all.all('incident'),
  }));
  const causes = useMemo(() => {
    const bodies = <T,>(of: ReadonlyMap<string, { readonly body: T }>) => Array.from(of.values(), (held) => held.body);
    const records = { signals: bodies(signals), alarms: bodies(alarms), incidents: bodies(incidents) };
    return soundCauses(records, actor, now ?? serverNow());
  }, [signals, alarms, incidents, actor, now]);
  const asking = audible(causes, silenced);
  const muted = volume === 'off';

  useEffect(() => {
    const made = createSoundPlayer();
    player.current = made;
    const tell = () => setBlocked(made.blocked());
    // Only what is held back is asked for: a context is made when there is something to play.
    const unlock = () => (made.blocked() ? void made.unlock().then(tell, tell) : tell());
    tell();
    addEventListener('pointerdown', unlock, true);
    addEventListener('keydown', unlock, true);
    return () => {
      removeEventListener('pointerdown', unlock, true);
      removeEventListener('keydown', unlock, true);
      made.close();
      player.current = null;
    };
  }, []);
  useEffect(() => setSilenced((held) => stillSilenced(held, causes)), [causes]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is what drives it
  useEffect(() => {
    if (!lead || muted || asking.length === 0) return player.current?.stop();
    const at = Date.now();
    const next = nextSound(asking, heard.current, at);
    if (next && player.current?.play(next, gainOf[volume])) heard.current = { pattern: next, at };
    setBlocked(player.current?.blocked() ?? false);
  }, [now, lead, muted, asking.length, volume]);

  const silence = () => {
    player.current?.stop();
    setSilenced(new Set(causes.map((one) => one.key)));
  };
  useHotkeys([
    {
      chord: 'alt+m',
      label: t('silence'),
      group: t('title'),
      inField: true,
      enabled: asking.length > 0 && !muted,
      run: silence,
    },
  ]);

  if (muted)
    return (
      <Button look="critical" size="sm" onClick={() => keepVolume('normal')} title={t('unmute')}>
        <VolumeX aria-hidden />
        {t('muted')}
        <span className="sr-only">{t('unmute')}</span>
      </Button>
    );
  if (blocked && lead)
    return (
      <Button
        look="primary"
        size="sm"
        title={t('blockedHint')}
        onClick={() => void player.current?.unlock().then((open) => setBlocked(!open))}
      >
        <VolumeX aria-hidden />
        {t('blocked')}
      </Button>
    );
  if (asking.length > 0)
    return (
      <Button size="sm" onClick={silence} title={t('silence')}>
        <BellRing aria-hidden className="text-critical-text" />
        <span className="figures">{asking.length}</span>
        <span className="sr-only">{t('silence')}</span>
        <ChordHint chord="alt+m" />
      </Button>
    );
  if (causes.length > 0)
    return (
      <span className="inline-flex items-center gap-1 text-xs text-ink-faint" title={t('silenced')}>
        <BellOff className="size-4" aria-hidden />
        <span className="figures">{causes.length}</span>
        <span className="sr-only">{t('silenced')}</span>
      </span>
    );
  return null;
}
