import type { CityState } from '../city-state.ts';
import { districts } from '../network/places.ts';
import type { ServiceRequest } from '../open311/request.ts';
import { caseTemplates } from './cases.ts';
import { spot } from './spot.ts';

/** A district's own case system that others ask (Open311): it files, works on and closes by itself. Sentences are those of the hotline, invented. */
const meanFiledS = 240;
const mostShown = 120;
const keptDays = 1;

export function filings(state: CityState): void {
  const held: ServiceRequest[] = [];
  const show = () => {
    while (held.length > mostShown) held.shift();
    state.out.push({ to: 'filed', requests: [...held] });
  };
  const change = (id: string, rest: Pick<ServiceRequest, 'state' | 'notes'>) => {
    const at = held.findIndex((request) => request.id === id);
    if (at < 0) return;
    held[at] = { ...held[at]!, ...rest, updatedAtMs: state.nowMs };
    show();
  };
  const file = () => {
    const template = state.rng.weighted(caseTemplates);
    const where = spot(state.ground.network, state.rng);
    const id = `CG-${String(++state.ordinal).padStart(6, '0')}-${Math.floor(state.nowMs / 1_000)}`;
    held.push({
      id,
      state: 'open',
      notes: null,
      serviceCode: template.class,
      serviceName: template.title,
      description: template.text,
      agency: `${districts[where.district]}城管局`,
      address: where.text,
      at: where.at,
      requestedAtMs: state.nowMs,
      updatedAtMs: state.nowMs,
      expectedAtMs: state.nowMs + keptDays * 86_400_000,
    });
    show();
    state.agenda.enter(state.nowS + state.rng.between(300, 900), () =>
      change(id, { state: 'open', notes: '已派单处置' }),
    );
    state.agenda.enter(state.nowS + state.rng.between(1_500, 5_400), () =>
      change(id, { state: 'closed', notes: '已处置完毕' }),
    );
    state.agenda.enter(state.nowS + state.rng.waiting(meanFiledS), file);
  };
  state.agenda.enter(1, show);
  state.agenda.enter(state.rng.between(15, 60), file);
}
