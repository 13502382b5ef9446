// SPDX-License-Identifier: Apache-2.0

package seed

// dice are the fixed numbers: a counter mixed well (SplitMix64). The standard library does not
// promise the same sequence in every version, and the sample must be the same for ever.
type dice struct{ state uint64 }

func (d *dice) roll() uint64 {
	d.state += 0x9e3779b97f4a7c15
	return mix(d.state)
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives 0 … n-1.
func (d *dice) below(n int) int { return int(d.roll() >> 11 % uint64(n)) }

// between gives low … high, both included.
func (d *dice) between(low, high int) int { return low + d.below(high-low+1) }

// unit gives a number in [0, 1).
func (d *dice) unit() float64 { return float64(d.roll()>>11) / (1 << 53) }

// chance is true in percent of the throws.
func (d *dice) chance(percent float64) bool { return d.unit()*100 < percent }

func pick[T any](d *dice, all []T) T { return all[d.below(len(all))] }

// weighted picks by weight; the weights must not all be zero.
func weighted[T any](d *dice, all []T, weight func(T) int) T {
	sum := 0
	for _, x := range all {
		sum += weight(x)
	}
	n := d.below(sum)
	for _, x := range all {
		if n -= weight(x); n < 0 {
			return x
		}
	}
	panic("seed: weights do not add up")
}
