/** A key one can filter by. */
export interface FilterDefinition {
  /** As the server takes it: `provider`. */
  key: string;
  /** As people read it: "Cloud". */
  label: string;
  /** The values on offer. Without them the value is typed. */
  options?: { value: string; label: string }[];
}
