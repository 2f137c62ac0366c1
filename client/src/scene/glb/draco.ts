/** The decoder of Draco. In a separate chunk, which has the decoder's WebAssembly: few files need it. */
import wasm from "three/examples/jsm/libs/draco/gltf/draco_decoder.wasm?url&inline";
import js from "three/examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js?url&inline";
import { DRACOLoader } from "three/examples/jsm/loaders/DRACOLoader.js";

/** Each starts a worker with a decoder of its own. */
const WORKERS = 2;

/** The caller disposes of it, which ends its workers. */
export function createDracoLoader(): DRACOLoader {
  // A page that is one file has no addresses to fetch from.
  return new DRACOLoader().setDecoderPath({ js, wasm }).setWorkerLimit(WORKERS);
}
