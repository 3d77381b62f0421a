/** The part of autocannon that is used here; it brings no types of its own. */
declare module 'autocannon' {
  type Options = {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    headers: Record<string, string>;
    requests: { method: 'GET'; path: string }[];
    /** Requests per second over all connections; without it as many as the server answers. */
    overallRate?: number;
  };
  type Result = {
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number };
    requests: { average: number; total: number };
    throughput: { average: number };
    errors: number;
    timeouts: number;
    non2xx: number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
