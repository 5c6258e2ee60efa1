'use client';
import { TriangleAlert } from 'lucide-react';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

type Control = { id?: string; 'aria-invalid'?: boolean; 'aria-describedby'?: string };

export type FieldProps = {
  label: ReactNode;
  children: ReactElement<Control>;
  error?: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  className?: string;
};

/** Ties the label, the hint and the error to the one control inside. */
export function Field({ label, children, error, hint, required, className }: FieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const described = [error ? errorId : null, hint ? hintId : null].filter(Boolean).join(' ');
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        {label}
        {required ? (
          <span aria-hidden className="ms-0.5 text-critical-text">
            *
          </span>
        ) : null}
      </label>
      {cloneElement(children, {
        id,
        'aria-invalid': Boolean(error) || undefined,
        'aria-describedby': described || undefined,
      })}
      {hint ? (
        <p id={hintId} className="text-2xs text-ink-faint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} role="alert" className="flex items-center gap-1 text-xs text-critical-text">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          {error}
        </p>
      ) : null}
    </div>
  );
}
