//! Work on several threads whose results come out in the order the work went in.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// As many threads as the machine can run at once.
pub(super) fn threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// A piece of work, and where its result goes.
type Task<J, R> = (J, Sender<R>);

/// Runs `work` on several threads. `produce` hands in jobs on the calling thread and stops when it is told no;
/// `consume` takes the results on a thread of its own, in the order of the jobs, each as soon as it and those before it
/// are done. Only a few jobs a thread are under way at a time, so memory does not grow with their number.
///
/// # Errors
/// What `consume` or `produce` fail with. Results of jobs handed in before `produce` failed are still consumed.
pub(super) fn in_order<J: Send, R: Send, P, E: Send>(
    threads: NonZeroUsize,
    work: impl Fn(J) -> R + Sync,
    produce: impl FnOnce(&mut dyn FnMut(J) -> bool) -> Result<P, E>,
    consume: impl FnOnce(&mut dyn Iterator<Item = R>) -> Result<(), E> + Send,
) -> Result<P, E> {
    let (tasks, waiting) = channel::<Task<J, R>>();
    let waiting = Mutex::new(waiting);
    // The bound is on results that are waited for; a task is in the other channel only if its result is in this one.
    let (promises, results) = sync_channel::<Receiver<R>>(2 * threads.get());
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((job, result)) = next else { break };
                    // Nobody waits for it if the consumer has stopped.
                    let _ = result.send(work(job));
                }
            });
        }
        // A worker that panicked leaves no result; the panic goes on when the scope ends.
        let consumer =
            scope.spawn(move || consume(&mut results.iter().map_while(|promise| promise.recv().ok())));
        let produced = produce(&mut |job| {
            let (result, promise) = channel();
            promises.send(promise).is_ok() && tasks.send((job, result)).is_ok()
        });
        drop((promises, tasks));
        let consumed = consumer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        consumed.and(produced)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(
        threads: usize,
        jobs: u64,
        fail_at: Option<u64>,
        stop_after: usize,
    ) -> (Result<u64, String>, Vec<u64>) {
        let seen = Mutex::new(Vec::new());
        let result = in_order(
            NonZeroUsize::new(threads).unwrap(),
            |job: u64| {
                // Later jobs are done sooner.
                thread::sleep(std::time::Duration::from_micros(500 - 10 * (job % 50)));
                job
            },
            |hand| {
                for job in 0..jobs {
                    if fail_at == Some(job) {
                        return Err("broken off".to_owned());
                    }
                    if !hand(job) {
                        return Ok(job);
                    }
                }
                Ok(jobs)
            },
            |results| {
                seen.lock().unwrap().extend(results.take(stop_after));
                Ok(())
            },
        );
        (result, seen.into_inner().unwrap())
    }

    #[test]
    fn results_come_in_the_order_of_their_jobs() {
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, 100, None, usize::MAX), (Ok(100), (0..100).collect()));
        }
    }

    #[test]
    fn what_was_handed_in_before_a_failure_still_comes_out() {
        assert_eq!(run(3, 100, Some(40), usize::MAX), (Err("broken off".to_owned()), (0..40).collect()));
    }

    #[test]
    fn a_consumer_that_has_seen_enough_stops_the_producer() {
        let (produced, seen) = run(2, 1000, None, 5);
        assert_eq!(seen, [0, 1, 2, 3, 4]);
        assert!(produced.unwrap() < 50);
    }
}
