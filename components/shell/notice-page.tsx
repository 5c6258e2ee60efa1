import type { ReactNode } from 'react';
import { ProductMark } from './product-mark.tsx';

/** A page with one thing to say. */
export function NoticePage({ title, hint, children }: { title: ReactNode; hint: ReactNode; children: ReactNode }) {
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="flex max-w-md flex-col items-center gap-3 text-center">
        <ProductMark className="size-12 text-ink-faint" />
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="text-sm text-ink-soft">{hint}</p>
        <div className="mt-2 flex gap-2">{children}</div>
      </div>
    </main>
  );
}
