// Trades at the venue as anybody would with ccxt and tells each answer as a line of JSON: {"name": …, "value": …}.
import ccxt from 'ccxt';

const [address, apiKey, secret, symbol] = process.argv.slice(2);
const sockets = address.replace(/^http/, 'ws');
const client = new ccxt.pro.binanceusdm({
    apiKey,
    secret,
    enableRateLimit: false,
    timeout: 10000,
    options: { fetchCurrencies: false, fetchMarkets: { types: ['linear'] }, adjustForTimeDifference: true },
});

// Every address leads to the venue, so that none can leave this machine.
const local = (url) => {
    const path = new URL(url).pathname.replace(/\/$/, '');
    return (url.startsWith('ws') ? sockets : address) + path;
};
const localize = (urls) => Object.fromEntries(Object.entries(urls).map(
    ([key, url]) => [key, typeof url === 'string' ? local(url) : localize(url)]));
client.urls.api = localize(client.urls.api);
// Without it ccxt takes a socket without TLS for one through a proxy.
await client.loadHttpProxyAgent();

const tell = (name, value) => process.stdout.write(JSON.stringify({ name, value: value ?? null }) + '\n');

const step = async (name, ask, show = (answer) => answer) => {
    try {
        const answer = await ask();
        tell(name, show(answer));
        return answer;
    } catch (fault) {
        tell(name, { error: `${fault.constructor.name}: ${fault.message}` });
        return undefined;
    }
};

// Without what the exchange sent, and without what the client did not find.
const bare = (thing) => Array.isArray(thing) ? thing.map(bare)
    : Object.fromEntries(Object.entries(thing).filter(([key, value]) => key !== 'info' && value !== undefined));
const limit = (side, price, amount, more = {}) => client.createOrder(symbol, 'limit', side, amount, price, more);
const orderOf = async (order) => bare(await client.fetchOrder(order.id, symbol));
const until = async (ask, fits) => {
    for (let left = 200; left > 0; left--) {
        const answer = await ask();
        if (fits(answer)) return answer;
        await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error('the answer did not come to fit');
};

await step('markets', () => client.loadMarkets(), (markets) => {
    const market = bare(markets[symbol]);
    return { count: Object.keys(markets).length, market };
});

// What the sockets tell, heard while the rest happens.
const watch = (name, ask, fits, show = bare) => step(name, async () => {
    while (true) {
        const told = await ask();
        if (fits(told)) return told;
    }
}, show);
const watching = [
    watch('watchTicker', () => client.watchTicker(symbol), (ticker) => ticker.last > 0),
    watch('watchBidsAsks', () => client.watchBidsAsks([symbol]), (all) => all[symbol]?.bid > 0,
        (all) => bare(all[symbol])),
    watch('watchMarkPrice', () => client.watchMarkPrice(symbol), (mark) => mark.markPrice > 0),
    watch('watchOHLCV', () => client.watchOHLCV(symbol, '1m'), (candles) => candles.length > 0,
        (candles) => candles),
    watch('watchTrades', () => client.watchTrades(symbol), (trades) => trades.length > 0),
    step('watchOrderBook', async () => {
        // Several differences after the snapshot, each checked by ccxt's own rules.
        for (let i = 0; i < 5; i++) await client.watchOrderBook(symbol);
        return client.watchOrderBook(symbol);
    }, (book) => ({ bids: book.bids.slice(0, 5), asks: book.asks.slice(0, 5), nonce: book.nonce })),
];

await step('candles', () => client.fetchOHLCV(symbol, '5m', undefined, 20));
await step('markCandles', () => client.fetchMarkOHLCV(symbol, '1m', undefined, 5));
const book = await step('book', () => client.fetchOrderBook(symbol, 20),
    ({ bids, asks, nonce }) => ({ bids, asks, nonce }));
await step('trades', () => client.fetchTrades(symbol, undefined, 10), bare);
await step('ticker', () => client.fetchTicker(symbol), bare);
await step('tickers', () => client.fetchTickers(), (all) => Object.keys(all).sort());
await step('bidsAsks', () => client.fetchBidsAsks([symbol]), (all) => bare(all[symbol]));
await step('funding', () => client.fetchFundingRate(symbol), bare);
await step('fundingHistory', () => client.fetchFundingRateHistory(symbol), bare);
await step('openInterest', () => client.fetchOpenInterest(symbol), bare);
await step('badSymbol', () => client.fapiPublicGetKlines({ symbol: 'NOSUCH', interval: '1m' }));

await step('balance', () => client.fetchBalance(), (balance) => bare(balance.USDT));
await step('positionMode', () => client.fetchPositionMode(symbol), ({ hedged }) => ({ hedged }));
await step('leverage', () => client.setLeverage(5, symbol));
await step('marginMode', () => client.setMarginMode('isolated', symbol));

// What is told of the account begins here: the order, its end, the position, the balance.
const orders = [];
let isOver = false;
const hearing = (async () => {
    while (!isOver) orders.push(...bare(await client.watchOrders(symbol)));
})().catch((fault) => tell('watchOrdersFault', fault.message));
watching.push(
    watch('watchPositions', () => client.watchPositions([symbol]), (all) => all.some((one) => one.contracts > 0)),
    watch('watchBalance', () => client.watchBalance(), (balance) => balance.USDT?.total > 0,
        (balance) => bare(balance.USDT)));
await step('listening', () => until(async () => Object.keys(client.clients).filter((url) => url.includes('private')),
    (urls) => urls.length > 0), (urls) => urls.length);

const far = book.bids[0][0] * 0.98;
const amount = client.amountToPrecision(symbol, 1000 / far);
const resting = await step('placed', () => limit('buy', client.priceToPrecision(symbol, far), amount), bare);
// ccxt changes an order that it has told in place: the next change must wait until this one was heard.
await step('placedHeard', () => until(async () => orders, (heard) => heard.some(({ id }) => id === resting.id)),
    (heard) => heard.length);
await step('queried', () => orderOf(resting));
await step('open', () => client.fetchOpenOrders(symbol), bare);
await step('cancelled', () => client.cancelOrder(resting.id, symbol), bare);
await step('afterCancel', () => orderOf(resting));
await step('cancelledTwice', () => client.cancelOrder(resting.id, symbol));
const low = { symbol, type: 'limit', side: 'buy', amount, price: client.priceToPrecision(symbol, far) };
const batch = await step('createdBatch', () => client.createOrders(
    [low, { ...low, price: client.priceToPrecision(symbol, far * 2) }, low]), bare);
await step('cancelledBatch', () => client.cancelOrders([batch[0].id, '1'], symbol), bare);
await step('cancelledByName', () => client.cancelOrders([], symbol,
    { clientOrderIds: [batch[2].clientOrderId, 'nobody'] }), bare);
await step('batchLeft', () => client.fetchOpenOrders(symbol), bare);
await step('postOnlyTaken', () => limit('buy', client.priceToPrecision(symbol, book.asks[0][0] * 1.01), amount,
    { postOnly: true }).then((order) => until(() => orderOf(order), ({ status }) => status !== 'open')));

const bought = await step('bought', () => client.createOrder(symbol, 'market', 'buy', amount), bare);
await step('filled', () => until(() => orderOf(bought), ({ status }) => status === 'closed'));
await step('positions', () => client.fetchPositions([symbol]), bare);
const stop = await step('stop', () => client.createOrder(symbol, 'market', 'sell', amount, undefined,
    { stopLossPrice: client.priceToPrecision(symbol, far), reduceOnly: true }), bare);
await step('openStops', () => client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }), bare);
await step('stopCancelled', () => client.cancelOrder(stop.id, symbol, { trigger: true }), bare);
await step('stopsLeft', () => client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true }), bare);
const sold = await step('closed', () => client.createOrder(symbol, 'market', 'sell', amount, undefined,
    { reduceOnly: true }), bare);
await step('closedFilled', () => until(() => orderOf(sold), ({ status }) => status === 'closed'));
await step('positionsLeft', () => client.fetchPositions([symbol]), bare);
await step('myTrades', () => client.fetchMyTrades(symbol), bare);
await step('balanceAfter', () => client.fetchBalance(), (balance) => bare(balance.USDT));
await step('tooMuch', () => client.createOrder(symbol, 'market', 'buy', client.amountToPrecision(symbol, amount * 80)));

await Promise.all(watching);
await until(() => orders.filter(({ status }) => status === 'closed').length, (count) => count >= 2);
isOver = true;
tell('watchOrders', orders);
tell('end', true);
await client.close();
process.exit(0);
