/** The PostgreSQL a console works with: its own (embedded), or an existing one (external). */
export type DatabaseRuntime = {
  kind: 'embedded' | 'external';
  /**
   * For `postgres(url)` of postgres.js. An embedded one is reached by a Unix socket, whose folder is the host part;
   * another database of the same server is reached by changing the URL's path.
   */
  url: string;
  /** The server's major version, 15 or newer. */
  majorVersion: number;
  /** Stops an embedded PostgreSQL (under 4 s) and gives the data folder back; does nothing for an external one. Idempotent. */
  stop(): Promise<void>;
  /** Calls `listener` when an embedded PostgreSQL ends without stop(). */
  onExit(listener: (reason: string) => void): void;
};
