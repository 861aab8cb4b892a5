import { prefilterContract } from "./prefilter.contract.ts";
import { createWuManber } from "./wu-manber.ts";

prefilterContract("Wu-Manber", createWuManber);
prefilterContract("Wu-Manber without WebAssembly", (literals) => createWuManber(literals, "js"));
