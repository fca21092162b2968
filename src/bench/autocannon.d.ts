// The part of autocannon that the measurements use; the package brings no types.
declare module 'autocannon' {
  export interface Request { method?: 'GET' | 'POST'; path?: string; headers?: Record<string, string>; body?: string; setupRequest?: (request: Request, context: Record<string, unknown>) => Request; onResponse?: (status: number, body: string, context: Record<string, unknown>) => void }
  export interface Options { url: string; connections: number; duration: number; headers?: Record<string, string>; requests: Request[]; overallRate?: number; timeout?: number }
  export interface Result { requests: { average: number; total: number }; latency: { p50: number; p99: number; max: number }; non2xx: number; errors: number; '2xx': number; duration: number }
  export default function autocannon(options: Options): Promise<Result>;
}
