'use client';
import { ClipboardList, CloudLightning, MapPinned, Phone, Siren, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Signal } from '@/server/domain/signal.ts';

const icons: Record<Signal['kind'], typeof Phone> = {
  call: Phone,
  case: ClipboardList,
  alarm: TriangleAlert,
  warning: CloudLightning,
  sos: Siren,
  report: MapPinned,
};

export function SignalKindIcon({ kind, className }: { kind: Signal['kind']; className?: string }) {
  const t = useTranslations('domain.signalKind');
  const Icon = icons[kind];
  return <Icon role="img" aria-label={t(kind)} className={className} />;
}
