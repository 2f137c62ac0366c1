package plot

import (
	"encoding/json"
	"fmt"
	"math"
)

// Figure returns a Plotly figure as JSON, with config merged over its own config. Numbers in maps and slices that
// are not finite are gaps in the plot. It fails if the figure is not a JSON object.
func Figure(figure any, config map[string]any) (string, error) {
	b, err := json.Marshal(withGaps(figure))
	if err != nil {
		return "", err
	}
	if len(b) == 0 || b[0] != '{' {
		return "", fmt.Errorf("a figure is a JSON object with the key \"data\"; this is %.40q", b)
	}
	if len(config) == 0 {
		return string(b), nil
	}
	var whole, own map[string]json.RawMessage
	if err := json.Unmarshal(b, &whole); err != nil {
		return "", err
	}
	if c := whole["config"]; c != nil {
		if err := json.Unmarshal(c, &own); err != nil {
			return "", fmt.Errorf("the figure's config: %w", err)
		}
	}
	all := map[string]any{}
	for key, v := range own {
		all[key] = v
	}
	for key, v := range config {
		all[key] = withGaps(v)
	}
	if whole["config"], err = json.Marshal(all); err != nil {
		return "", fmt.Errorf("the options' Config: %w", err)
	}
	b, err = json.Marshal(whole)
	return string(b), err
}

// withGaps puts null where a number is not finite, which JSON cannot represent.
func withGaps(v any) any {
	switch v := v.(type) {
	case float64:
		if !finite(v) {
			return nil
		}
	case float32:
		return withGaps(float64(v))
	case []float64:
		return gaps(v)
	case []float32:
		return gaps(v)
	case [][]float64:
		return each(v)
	case [][]float32:
		return each(v)
	case []any:
		return each(v)
	case []map[string]any:
		return each(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, x := range v {
			out[key] = withGaps(x)
		}
		return out
	}
	return v
}

func each[T any](list []T) []any {
	if list == nil {
		return nil
	}
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = withGaps(x)
	}
	return out
}

// gaps returns the list itself if all of its numbers are finite, as is usual.
func gaps[T float32 | float64](list []T) any {
	for i, x := range list {
		if finite(float64(x)) {
			continue
		}
		out := make([]*T, len(list))
		for k := range list {
			if k < i || finite(float64(list[k])) {
				out[k] = &list[k]
			}
		}
		return out
	}
	return list
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
