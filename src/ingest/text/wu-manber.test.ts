import { prefilterContract } from "./prefilter.contract.ts";
import { createWuManber } from "./wu-manber.ts";

prefilterContract("Wu-Manber", createWuManber);
