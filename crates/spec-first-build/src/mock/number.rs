//! Numbers made from schemas.

use serde_json::{Number, Value};

use super::node::Node;

/// Up to about `wanted` numbers within the bounds and of the steps of a node, the nearest to zero first.
pub fn candidates(node: &Node, is_integer: bool, wanted: usize) -> Vec<Value> {
    let bounds = Bounds::of(node);
    let steps: Vec<f64> = node.all("multipleOf").filter_map(Value::as_f64).collect();
    let step = steps.iter().copied().fold(0.0, common);
    let step = match step {
        0.0 => 1.0,
        step if is_integer && step.fract() != 0.0 => common(step, 1.0),
        step => step,
    };
    let mut numbers = Vec::new();
    let nearest = 0.0_f64.max(bounds.least).min(bounds.most);
    let first = if bounds.least > 0.0 {
        (nearest / step).ceil()
    } else {
        (nearest / step).floor()
    };
    let count = wanted as i64 + 2;
    for index in 0..count {
        numbers.push((first + index as f64) * step);
        numbers.push((first - index as f64) * step);
    }
    if !is_integer && steps.is_empty() {
        // Between bounds that are closer than 1.
        let span = bounds.most.min(nearest + 1.0) - bounds.least.max(nearest - 1.0);
        let start = bounds.least.max(nearest - 1.0);
        numbers.extend((1..=count).map(|index| start + span * index as f64 / (count + 1) as f64));
    }
    numbers.retain(|number| bounds.admit(*number));
    let values = numbers.into_iter().map(|number| value(number, is_integer));
    values.collect()
}

/// The bounds of a number, none of them exact beyond 53 bits.
struct Bounds {
    least: f64,
    most: f64,
    excludes_least: bool,
    excludes_most: bool,
}

impl Bounds {
    fn of(node: &Node) -> Self {
        let mut bounds = Self {
            least: f64::MIN,
            most: f64::MAX,
            excludes_least: false,
            excludes_most: false,
        };
        for (_, schema) in &node.parts {
            let number = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
            let is_flag = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
            let least = number("minimum").map(|it| (it, is_flag("exclusiveMinimum")));
            let above = number("exclusiveMinimum").map(|it| (it, true));
            for (least, is_excluded) in least.into_iter().chain(above) {
                if (least, is_excluded) > (bounds.least, bounds.excludes_least) {
                    (bounds.least, bounds.excludes_least) = (least, is_excluded);
                }
            }
            let most = number("maximum").map(|it| (it, is_flag("exclusiveMaximum")));
            let below = number("exclusiveMaximum").map(|it| (it, true));
            for (most, is_excluded) in most.into_iter().chain(below) {
                if (most, !is_excluded) < (bounds.most, !bounds.excludes_most) {
                    (bounds.most, bounds.excludes_most) = (most, is_excluded);
                }
            }
        }
        bounds
    }

    fn admit(&self, number: f64) -> bool {
        let is_above = number > self.least || number == self.least && !self.excludes_least;
        let is_below = number < self.most || number == self.most && !self.excludes_most;
        is_above && is_below
    }
}

/// The least common multiple, of decimals with up to six places; zero is ignored.
fn common(a: f64, b: f64) -> f64 {
    const PLACES: f64 = 1e6;
    let [a, b] = [a, b].map(|it| (it * PLACES).round().abs() as u128);
    let (mut low, mut high) = (a, b);
    while low > 0 {
        (low, high) = (high % low, low);
    }
    match (a, b) {
        (0, other) | (other, 0) => other as f64 / PLACES,
        (a, b) => (a / high * b) as f64 / PLACES,
    }
}

/// A number as JSON has it: an integer where it is one.
fn value(number: f64, is_integer: bool) -> Value {
    if is_integer || number.fract() == 0.0 {
        if (0.0..18_446_744_073_709_551_616.0).contains(&number) {
            return Value::from(number as u64);
        }
        if number.abs() < 9_223_372_036_854_775_808.0 {
            return Value::from(number as i64);
        }
    }
    // A product of a step and a count has more places than the step.
    let rounded = format!("{number:.6}").parse().unwrap_or(number);
    let number = if (rounded - number).abs() < 1e-9 {
        rounded
    } else {
        number
    };
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
