/* Computed to 90 digits and rounded once. */
#ifndef PZ_BASE_NUMERIC_MILLS_TABLE_H
#define PZ_BASE_NUMERIC_MILLS_TABLE_H

/* Chebyshev series in t = (x - 3.75) / (x + 3.75) of (1 + x) times Mills' ratio of the normal distribution, 0 <= x. */
static const double mills_series[28] = {
    0x1.2b6db737787e2p+0,
    -0x1.47c7fd6396db2p-3,
    -0x1.0723e383674c5p-5,
    0x1.0193b9f3c02fcp-5,
    -0x1.60b3acd8bc259p-7,
    0x1.04666826b0051p-9,
    -0x1.c1c541c344881p-14,
    -0x1.3ac66b1aaee13p-15,
    0x1.ce7c1cd4c39adp-18,
    0x1.70056ad879b63p-21,
    -0x1.1da33b121d596p-22,
    -0x1.36e5c079b5ed6p-26,
    0x1.623a84e5c1c4bp-27,
    0x1.d711ede5ba97dp-31,
    -0x1.c6052058ee8bbp-32,
    -0x1.ebb8687d7005cp-35,
    0x1.169b49097f606p-36,
    0x1.0ad03cd624ffbp-38,
    -0x1.094c8aaefb280p-41,
    -0x1.0c79a203c4214p-42,
    -0x1.e4419b5a4a0dep-53,
    0x1.d15f58df81354p-47,
    0x1.d5f4865197332p-50,
    -0x1.2b1c69399b093p-51,
    -0x1.8818b9525f8f7p-53,
    0x1.7f7ac0daafaf5p-58,
    0x1.9ef188a796bc9p-57,
    0x1.cf3a99b66c918p-60,
};

#endif
