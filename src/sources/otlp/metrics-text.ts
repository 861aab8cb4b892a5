/** A number to show, in the words of Prometheus. Labels are plain: no quotes or backslashes. */
export interface Metric {
  name: string;
  type: "counter" | "gauge";
  help: string;
  values: readonly { labels: Record<string, string>; value: number }[];
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, type, help, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...values.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
    ])
    .concat("")
    .join("\n");
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
