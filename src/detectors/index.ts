import type { Detector } from "../records/detector.ts";

export const detectors: Detector[] = [];
