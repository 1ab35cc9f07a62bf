// Starts the stage in a file of its own (standalone.js): there is no Streamlit, and nobody to tell anything.

import { show } from "./component.js";

/**
 * Show a stage.
 * @param {ShadowRoot} root
 * @param {string} sent what Python sent, as base64
 */
export function open(root, sent) {
  const data = Uint8Array.from(atob(sent), (sign) => sign.charCodeAt(0));
  const nobody = () => {};
  return show({ parentElement: root, data, setStateValue: nobody, setTriggerValue: nobody });
}
