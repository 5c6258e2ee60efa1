'use client';
import type { ReactNode } from 'react';

/** A wide table on a narrow screen: it scrolls by itself, and can be reached to do so without a mouse. */
export function Sideways({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
      tabIndex={0}
      aria-label={label}
      className="overflow-x-auto outline-offset-[-2px] print:overflow-visible"
    >
      {children}
    </section>
  );
}
