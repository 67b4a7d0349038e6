// Other libraries in a worker: a text in, the number of entities out.
import compromise from "compromise";
import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";

const wink = winkNLP(model);
const read = {
  wink: (text) => wink.readDoc(text).entities().length(),
  compromise: (text) => compromise(text).topics().length,
};

onmessage = ({ data: { library, text } }) => {
  const began = performance.now();
  const found = read[library](text);
  postMessage({ found, milliseconds: performance.now() - began });
};
postMessage("ready");
