import type { MeterProvider, TracerProvider } from "./api.ts";
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
  type InstrumentationConfig,
} from "@opentelemetry/instrumentation";
import { guarded } from "./guard.ts";
import { PACKAGES } from "./packages.ts";
import { configure, type Settings } from "./settings.ts";
import { SCOPE, useProviders } from "./telemetry.ts";
import { VERSION } from "./version.ts";

export type MisfireConfig = InstrumentationConfig & Partial<Omit<Settings, "enabled">>;

/**
 * All of it for an existing set-up of the OpenTelemetry SDK; the packages that it knows are patched as they are loaded
 * (ES modules need a loader hook: `--import misfire/register`, or that of @opentelemetry/instrumentation).
 *
 *     new NodeSDK({ instrumentations: [new MisfireInstrumentation({ content: true })] }).start();
 */
export class MisfireInstrumentation extends InstrumentationBase<MisfireConfig> {
  constructor(config: MisfireConfig = {}) {
    super(SCOPE, VERSION, config);
    this.setConfig(config);
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
