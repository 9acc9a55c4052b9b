using System.Text.RegularExpressions;
using Quantum.Roles.Symbols;

namespace Quantum.Venue.Accounts;

/// <summary>Reads orders, and refuses what the exchange refuses before it looks at the account.</summary>
internal static partial class OrderRequests
{
    private const string Automatic = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Reads an order of <c>/order</c>; null and the refusal when it cannot be one.</summary>
    public static Order? ReadOrder(Account account, Parameters sent, long atMs, out VenueError? refusal)
    {
        if ((refusal = ReadCommon(account, sent, "newClientOrderId", out var common)) is not null) return null;
        var type = sent.Find("type");
        refusal = type switch
        {
            null => VenueError.Missing("type"),
            OrderWords.Limit or OrderWords.Market => null,
            OrderWords.Stop or OrderWords.StopMarket or OrderWords.TakeProfit or OrderWords.TakeProfitMarket
                or OrderWords.Trailing => VenueError.UseAlgo,
            _ => VenueError.BadType,
        };
        if (refusal is not null) return null;
        var isLimit = type == OrderWords.Limit;
        var lotType = isLimit ? OrderType.Limit : OrderType.Market;
        var (force, quantity, price) = ("", 0m, 0m);
        refusal = ReadForce(sent, isLimit, out force)
            ?? ReadQuantity(sent, common.Filters, lotType, common.ReduceOnly, out quantity)
            ?? ReadPrice(sent, "price", common.Filters, isLimit, out price)
            ?? (sent.Find("closePosition") == "true" ? new(-4136, "Target strategy invalid for orderType " + type
                + ",closePosition true") : null);
        if (refusal is not null) return null;
        var id = account.Ids.NextOrder();
        return new Order
        {
            Id = id, ClientId = common.ClientId, Symbol = common.Symbol, Side = common.Side, Type = type!,
            OriginalType = type!, TimeInForce = force, Quantity = quantity, Price = price,
            ReduceOnly = common.ReduceOnly, CreatedMs = atMs, UpdatedMs = atMs,
            AverageDecimals = JsonFields.AverageDecimalsOf(common.Filters.TickSize),
            RoleId = id.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Reads a conditional order of <c>/algoOrder</c>.</summary>
    public static Conditional? ReadConditional(Account account, Parameters sent, long atMs, out VenueError? refusal)
    {
        if ((refusal = ReadKind(sent)) is not null) return null;
        if ((refusal = ReadCommon(account, sent, "clientAlgoId", out var common)) is not null) return null;
        var type = sent.Find("type")!;
        var isLimit = type is OrderWords.Stop or OrderWords.TakeProfit;
        var (closes, isProtected, force, workingType) = (false, false, "", "");
        var (quantity, trigger, price) = (0m, 0m, 0m);
        refusal = ReadFlag(sent, "closePosition", out closes) ?? ReadClosing(sent, closes, isLimit)
            ?? ReadForce(sent, false, out force)
            ?? (closes ? null : ReadQuantity(sent, common.Filters, isLimit ? OrderType.StopLimit : OrderType.StopMarket,
                common.ReduceOnly, out quantity))
            ?? ReadPrice(sent, "triggerPrice", common.Filters, true, out trigger)
            ?? ReadPrice(sent, "price", common.Filters, isLimit, out price)
            ?? ReadFlag(sent, "priceProtect", out isProtected)
            ?? ReadWorkingType(sent, out workingType);
        if (refusal is not null) return null;
        var id = account.Ids.NextConditional();
        return new Conditional
        {
            Id = id, ClientId = common.ClientId, Symbol = common.Symbol, Side = common.Side, Type = type,
            TimeInForce = force, Quantity = quantity, TriggerPrice = trigger, Price = price,
            ReduceOnly = common.ReduceOnly, ClosePosition = closes, WorkingType = workingType,
            PriceProtect = isProtected, CreatedMs = atMs, UpdatedMs = atMs, RoleId = $"c{id}",
        };
    }

    /// <summary>A symbol that is traded here; the refusal when it is missing or unknown.</summary>
    public static VenueError? ReadSymbol(Account account, Parameters sent, out SymbolFilters filters)
    {
        filters = null!;
        if (sent.Find("symbol") is not { } name) return VenueError.Missing("symbol");
        if (!Symbol.TryParse(name, out var symbol) || account.Rules.Symbols.Find(symbol) is not { } known)
            return VenueError.BadSymbol;
        filters = known;
        return null;
    }

    /// <summary>The symbol that a list is asked for; null where all are.</summary>
    public static VenueError? ReadWanted(Call call, out Symbol? wanted)
    {
        wanted = null;
        if (call.Parameters.Find("symbol") is null) return null;
        if (ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        wanted = filters.Symbol;
        return null;
    }

    /// <summary>True where it is the wanted one, or all are.</summary>
    public static bool Fits(Symbol symbol, Symbol? wanted) => wanted is not { } only || symbol == only;

    /// <summary>A quantity and a price as an amendment sends them.</summary>
    public static VenueError? ReadAmounts(
        Parameters sent, Order order, SymbolFilters filters, out decimal quantity, out decimal price)
    {
        price = 0;
        return ReadQuantity(sent, filters, OrderType.Limit, order.ReduceOnly, out quantity)
            ?? ReadPrice(sent, "price", filters, true, out price);
    }

    private static VenueError? ReadKind(Parameters sent) => (sent.Find("algoType"), sent.Find("type")) switch
    {
        (null, _) => VenueError.Missing("algoType"),
        (not "CONDITIONAL", _) => VenueError.Illegal("algoType"),
        (_, null) => VenueError.Missing("type"),
        (_, OrderWords.Stop or OrderWords.StopMarket or OrderWords.TakeProfit or OrderWords.TakeProfitMarket) => null,
        _ => VenueError.BadType,
    };

    private static VenueError? ReadClosing(Parameters sent, bool closes, bool isLimit)
    {
        if (!closes) return null;
        if (isLimit) return new(-4136, $"Target strategy invalid for orderType {sent.Find("type")},closePosition true");
        if (sent.Find("quantity") is not null) return VenueError.NotRequired("quantity");
        return sent.Find("reduceOnly") is not null ? VenueError.NotRequired("reduceonly") : null;
    }

    private static VenueError? ReadCommon(Account account, Parameters sent, string idName, out Common common)
    {
        common = default;
        if (ReadSymbol(account, sent, out var filters) is { } refusal) return refusal;
        var side = sent.Find("side");
        if (side is null) return VenueError.Missing("side");
        if (side is not ("BUY" or "SELL")) return VenueError.BadSide;
        if (sent.Find("positionSide") is { } position and not "BOTH")
            return position is "LONG" or "SHORT" ? VenueError.OneWayOnly : VenueError.Illegal("positionSide");
        if (sent.Find("priceMatch") is not (null or "NONE")) return VenueError.Illegal("priceMatch");
        if (ReadFlag(sent, "reduceOnly", out var reduces) is { } badFlag) return badFlag;
        var clientId = sent.Find(idName)
            ?? System.Security.Cryptography.RandomNumberGenerator.GetString(Automatic, 22);
        if (!ClientIdForm().IsMatch(clientId)) return new(-4015, "Client order id is not valid.");
        common = new Common(filters, side == "BUY" ? Side.Buy : Side.Sell, reduces, clientId);
        return null;
    }

    private static VenueError? ReadFlag(Parameters sent, string name, out bool value)
    {
        var text = sent.Find(name);
        value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return text is null || value || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase)
            ? null : VenueError.Missing(name);
    }

    private static VenueError? ReadForce(Parameters sent, bool isRequired, out string force)
    {
        force = sent.Find("timeInForce") ?? OrderWords.Gtc;
        if (sent.Find("timeInForce") is null) return isRequired ? VenueError.Missing("timeInForce") : null;
        if (force is OrderWords.Gtc or "IOC" or "FOK" or "GTX") return null;
        return new(-1115, "Invalid timeInForce.");
    }

    private static VenueError? ReadWorkingType(Parameters sent, out string workingType)
    {
        workingType = sent.Find("workingType") ?? OrderWords.ContractPrice;
        return workingType is OrderWords.ContractPrice or OrderWords.MarkPrice
            ? null : VenueError.Illegal("workingType");
    }

    private static VenueError? ReadQuantity(
        Parameters sent, SymbolFilters filters, OrderType type, bool reduces, out decimal quantity)
    {
        quantity = 0;
        var lot = filters.LotOf(type);
        if (!sent.TryDecimal("quantity", out var read) || read is null) return VenueError.Missing("quantity");
        quantity = read.Value;
        if (quantity <= 0) return new(-4003, "Quantity less than or equal to zero.");
        if (JsonFields.DecimalsOf(quantity) > JsonFields.DecimalsOf(lot.StepSize)) return VenueError.Precision;
        if (quantity % lot.StepSize != 0) return new(-4023, "Quantity not increased by step size.");
        // What closes a position may be as small as that is.
        if (quantity < lot.MinQuantity && !reduces) return new(-4004, "Quantity less than min quantity.");
        return quantity > filters.MaxQuantityOf(type) ? new(-4005, "Quantity greater than max quantity.") : null;
    }

    private static VenueError? ReadPrice(
        Parameters sent, string name, SymbolFilters filters, bool isRequired, out decimal price)
    {
        price = 0;
        if (!sent.TryDecimal(name, out var read)) return VenueError.Missing(name);
        if (!isRequired) return read is null or 0 ? null : VenueError.NotRequired(name);
        if (read is null) return VenueError.Missing(name);
        price = read.Value;
        if (price <= 0) return new(-4001, "Price less than 0.");
        if (price > filters.MaxPrice) return new(-4002, "Price greater than max price.");
        if (price < filters.MinPrice) return new(-4013, "Price less than min price.");
        if (JsonFields.DecimalsOf(price) > JsonFields.DecimalsOf(filters.TickSize)) return VenueError.Precision;
        return filters.FloorPrice(price) != price ? new(-4014, "Price not increased by tick size.") : null;
    }

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}$")]
    private static partial Regex ClientIdForm();

    private readonly record struct Common(SymbolFilters Filters, Side Side, bool ReduceOnly, string ClientId)
    {
        public Symbol Symbol => Filters.Symbol;
    }
}
