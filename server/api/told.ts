import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { Refused } from '@/server/domain/refusal.ts';

type Answer<T> = Exclude<T, Refused>;

type Told<P> =
  P extends TRPCMutationProcedure<infer D>
    ? TRPCMutationProcedure<{ input: D['input']; output: Answer<D['output']>; meta: D['meta'] }>
    : P extends TRPCQueryProcedure<infer D>
      ? TRPCQueryProcedure<{ input: D['input']; output: Answer<D['output']>; meta: D['meta'] }>
      : { [K in keyof P]: Told<P[K]> };

/** The router's type with what `trpc.ts` does at run time: refusals that procedures return are thrown. */
export type WithoutRefusals<R> =
  R extends TRPCBuiltRouter<infer Root, infer Record>
    ? TRPCBuiltRouter<Root, { [K in keyof Record]: Told<Record[K]> }>
    : never;
