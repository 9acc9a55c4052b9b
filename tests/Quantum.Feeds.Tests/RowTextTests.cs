using System.Globalization;
using System.Text;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>Numbers are read as the library reads them, digits behind the point included.</summary>
public sealed class RowTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("92000.5")]
    [InlineData("0.00001234")]
    [InlineData("0012.500")]
    [InlineData("7.")]
    [InlineData(".5")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("1.23456789012345678")]
    [InlineData("1.2345678901234567890123")]
    [InlineData("1.7333568E+12")]
    [InlineData("-3.5")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("12a")]
    public void A_number_is_what_the_library_makes_of_it(string text)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected);
        Assert.Equal(isNumber, RowText.TryNumber(Encoding.UTF8.GetBytes(text), out var number));
        if (isNumber)
            Assert.Equal(
                expected.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture));
    }
}
