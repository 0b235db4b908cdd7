"""The distributions behind intervals and tests, under the names that textbooks give them.

Each takes numbers or arrays, as scipy.special does, which computes them. That is loaded when the first is asked for:
it takes a sixth of a second, and most jobs of a build only read what was computed.
"""

from typing import Any


def normal_cdf(z: Any) -> Any:
    """Give the probability of a standard normal value up to z."""
    from scipy.special import ndtr

    return ndtr(z)


def normal_quantile(p: Any) -> Any:
    """Give the value up to which a standard normal one lies with probability p."""
    from scipy.special import ndtri

    return ndtri(p)


def t_cdf(df: Any, t: Any) -> Any:
    """Give the probability of a value of Student's t up to t."""
    from scipy.special import stdtr

    return stdtr(df, t)


def t_quantile(df: Any, p: Any) -> Any:
    """Give the value up to which Student's t lies with probability p."""
    from scipy.special import stdtrit

    return stdtrit(df, p)


def chi2_above(df: Any, x: Any) -> Any:
    """Give the probability of a chi-square value over x."""
    from scipy.special import chdtrc

    return chdtrc(df, x)


def f_above(df: Any, df_below: Any, x: Any) -> Any:
    """Give the probability of a value of F over x; `df_below` are the degrees of freedom of the denominator."""
    from scipy.special import fdtrc

    return fdtrc(df, df_below, x)


def binomial_cdf(k: Any, n: Any, p: Any) -> Any:
    """Give the probability of at most k successes in n trials."""
    from scipy.special import bdtr

    return bdtr(k, n, p)


def binomial_quantile(probability: Any, n: Any, p: Any) -> Any:
    """Give the number of successes, a fraction too, that has this probability at most in n trials."""
    from scipy.special import bdtrik

    return bdtrik(probability, n, p)


def beta_quantile(a: Any, b: Any, p: Any) -> Any:
    """Give the value up to which a beta variable lies with probability p."""
    from scipy.special import betaincinv

    return betaincinv(a, b, p)


def log_gamma(x: Any) -> Any:
    """Give the logarithm of the gamma function: of (x - 1)! for whole numbers."""
    from scipy.special import gammaln

    return gammaln(x)
