import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { fieldLook } from './input.tsx';

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      spellCheck={false}
      className={cn(fieldLook, 'resize-y px-2.5 py-1.5 leading-relaxed', className)}
      {...rest}
    />
  );
}
