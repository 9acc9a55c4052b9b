// Candles with what the system did in them, drawn by TradingView Lightweight Charts, which only this page loads.
const library = "/lib/lightweight-charts/lightweight-charts.standalone.production.js";
let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(globalThis.LightweightCharts);
    script.onerror = () => reject(new Error("the chart's file did not load"));
    document.head.append(script);
  });
  return loading;
}

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function looks() {
  return {
    layout: { background: { color: color("--card") }, textColor: color("--mute"), attributionLogo: false, fontFamily: "Inter, system-ui, sans-serif" },
    grid: { vertLines: { color: color("--line") }, horzLines: { color: color("--line") } },
    rightPriceScale: { borderColor: color("--line") },
    timeScale: { borderColor: color("--line"), timeVisible: true, rightOffset: 6 },
  };
}

function candleLooks(decimals) {
  return {
    upColor: color("--up"), borderUpColor: color("--up"), wickUpColor: color("--up"),
    downColor: color("--down"), borderDownColor: color("--down"), wickDownColor: color("--down"),
    priceFormat: { type: "price", precision: decimals, minMove: 10 ** -decimals },
  };
}

/** Draws into an element; what comes back is updated and removed by the page. */
export async function draw(element, decimals, candles, markers, lines) {
  const charts = await load();
  const chart = charts.createChart(element, { autoSize: true, ...looks() });
  let levels = lines.map(line => line.price);
  // Regimes as bands behind the candles: full height, on a scale of their own.
  const bands = chart.addSeries(charts.HistogramSeries, {
    priceScaleId: "regime", priceLineVisible: false, lastValueVisible: false, base: 0,
    autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 1 } }),
  });
  chart.priceScale("regime").applyOptions({ scaleMargins: { top: 0, bottom: 0 }, visible: false });
  const series = chart.addSeries(charts.CandlestickSeries, {
    ...candleLooks(decimals),
    // Stop and targets stay in sight: a line alone does not widen the scale.
    autoscaleInfoProvider: original => {
      const scale = original();
      if (scale?.priceRange && levels.length > 0) {
        scale.priceRange.minValue = Math.min(scale.priceRange.minValue, ...levels);
        scale.priceRange.maxValue = Math.max(scale.priceRange.maxValue, ...levels);
      }
      return scale;
    },
  });
  let all = new Map();
  keep(candles);
  series.setData(candles);
  bands.setData(candles.map(band));
  const marks = charts.createSeriesMarkers(series, dress(markers));
  let drawn = [], last = candles.at(-1)?.time ?? 0;
  showLines(lines);

  function keep(fresh) {
    for (const candle of fresh) all.set(candle.time, candle);
    element.dataset.candles = all.size;
    element.dataset.from = all.keys().next().value ?? "";
  }

  function band(candle) {
    const shade = color("--regime-" + candle.regime);
    return { time: candle.time, value: shade ? 1 : 0, color: shade || "transparent" };
  }

  function dress(marks) {
    return marks.map(mark => ({ ...mark, color: color(mark.tone === "up" ? "--up" : mark.tone === "down" ? "--down" : "--mute") }));
  }

  function showLines(all) {
    drawn.forEach(line => series.removePriceLine(line));
    levels = all.map(line => line.price);
    drawn = all.map(line => series.createPriceLine({
      price: line.price, title: line.title, color: color(line.tone), lineWidth: 1, lineStyle: line.isDashed ? 2 : 0,
    }));
  }

  const onTheme = () => {
    chart.applyOptions(looks());
    series.applyOptions(candleLooks(decimals));
    bands.setData([...all.values()].map(band));
  };
  document.addEventListener("quantum-theme", onTheme);
  return {
    update(fresh, allMarkers, allLines) {
      for (const candle of fresh) {
        if (candle.time < last) continue;
        series.update(candle);
        bands.update(band(candle));
        keep([candle]);
        last = candle.time;
      }
      marks.setMarkers(dress(allMarkers));
      showLines(allLines);
    },
    remove() {
      document.removeEventListener("quantum-theme", onTheme);
      chart.remove();
    },
  };
}
