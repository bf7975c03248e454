//! `cargo bench --package bodies`: the time of each shape, beside serde alone.

use std::time::Duration;

use actix_web::web::Bytes;
use bodies::{Direction, Harness, Kind};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn shapes(criterion: &mut Criterion) {
    for shape in bodies::ALL {
        let body = Bytes::from(shape.json());
        for direction in [Direction::Read, Direction::Echo] {
            let mut group = criterion.benchmark_group(format!("{}, {direction:?}", shape.name()));
            group.throughput(Throughput::Bytes(body.len() as u64));
            group.warm_up_time(Duration::from_millis(500));
            group.measurement_time(Duration::from_secs(2));
            for kind in [Kind::Plain, Kind::Ours] {
                let harness = Harness::new(kind).expect("a service");
                group.bench_function(format!("{kind:?}"), |bencher| {
                    let prepare = || harness.prepare(shape, direction, &body);
                    let handle = |request| harness.handle(request).expect("a response");
                    bencher.iter_batched(prepare, handle, BatchSize::SmallInput);
                });
            }
            group.finish();
        }
    }
}

criterion_group!(benches, shapes);
criterion_main!(benches);
