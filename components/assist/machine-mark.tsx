import { Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';

/** Stands beside everything that no person wrote. A model and a rule are different things, and look different. */
export type MachineMarkProps = { by: 'model' | 'baseline' | 'template'; model?: string | null; className?: string };

export function MachineMark({ by, model = null, className }: MachineMarkProps) {
  const t = useTranslations('assist.mark');
  const isModel = by === 'model';
  return (
    <Badge
      tone={isModel ? 'notice' : 'neutral'}
      className={className}
      title={isModel ? t('modelHint', { model: model ?? '' }) : t(`${by}Hint`)}
    >
      {isModel ? <Sparkles aria-hidden /> : null}
      {t(by)}
    </Badge>
  );
}
