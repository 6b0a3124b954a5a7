// How like what was last heard is to the finished file where the element says it stands: the best
// correlation within half a second to either side, 1 being the same and 0 nothing alike.
const [address, heard, at, rate, done] = arguments;
(async () => {
  const bytes = await (await fetch(address)).arrayBuffer();
  const file = (await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes)).getChannelData(0);
  const energy = (from) => heard.reduce((sum, _, i) => sum + file[from + i] ** 2, 0);
  const own = heard.reduce((sum, sample) => sum + sample ** 2, 0);
  const start = Math.round(at * rate) - heard.length;
  let best = 0;
  for (let from = start - rate / 2; from <= start + rate / 2; from++) {
    let product = 0;
    for (let i = 0; i < heard.length; i++) product += heard[i] * file[from + i];
    best = Math.max(best, product * Math.abs(product) / (own * energy(from)));
  }
  return Math.sqrt(best);
})().then(done, (error) => done(String(error)));
