import type { MeterProvider, TracerProvider } from "./api.ts";
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
  type InstrumentationConfig,
} from "@opentelemetry/instrumentation";
import { guarded } from "./guard.ts";
import { hookImports } from "./import-hook.ts";
import { PACKAGES } from "./packages.ts";
import { configure, settings, type Settings } from "./settings.ts";
import { SCOPE, useProviders } from "./telemetry.ts";
import { VERSION } from "./version.ts";

export type MisfireConfig = InstrumentationConfig & Partial<Omit<Settings, "enabled">>;

/**
 * All of it for an existing set-up of the OpenTelemetry SDK; the packages that it knows are patched as they are loaded
 * after it, by `import` or `require`: so set it up in a file of its own, which is preloaded (`node --import ./tracing.js`).
 *
 *     new NodeSDK({ instrumentations: [new MisfireInstrumentation({ content: true })] }).start();
 */
export class MisfireInstrumentation extends InstrumentationBase<MisfireConfig> {
  constructor(config: MisfireConfig = {}) {
    super(SCOPE, VERSION, config);
    this.setConfig(config);
    if (settings().enabled) hookImports();
  }

  protected init(): InstrumentationNodeModuleDefinition[] {
    return PACKAGES.map(({ name, versions, files, patch, unpatch }) => {
      const apply = (module: unknown): unknown => guarded(() => patch(module)) ?? module;
      const remove = (module: unknown): void => void guarded(() => unpatch(module));
      if (files === undefined) return new InstrumentationNodeModuleDefinition(name, versions, apply, remove);
      const inside = files.map((file) => new InstrumentationNodeModuleFile(`${name}/${file}`, versions, apply, remove));
      return new InstrumentationNodeModuleDefinition(name, versions, undefined, undefined, inside);
    });
  }

  override setConfig(config: MisfireConfig): void {
    super.setConfig(config);
    const { enabled: _, ...rest } = config;
    configure(rest);
  }

  override setTracerProvider(tracerProvider: TracerProvider): void {
    super.setTracerProvider(tracerProvider);
    useProviders({ tracerProvider });
  }

  override setMeterProvider(meterProvider: MeterProvider): void {
    super.setMeterProvider(meterProvider);
    useProviders({ meterProvider });
  }
}
