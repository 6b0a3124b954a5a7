//! The accept loop: hyper with a limit on slow heads, and a graceful end.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

use super::{App, router};

/// Serves until `stop` resolves; then open requests have `patience` to end.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>, patience: Duration) {
    let router = router(app.clone());
    let header_timeout = Duration::from_secs(app.config.header_seconds);
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connection(stream, router.clone(), header_timeout, &open),
                // Out of file descriptors, most likely: those open must end first.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    app.ready.store(false, Ordering::Relaxed);
    drop(listener);
    tracing::info!("stopping; open requests may end");
    if tokio::time::timeout(patience, open.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

fn connection(stream: TcpStream, router: Router, header_timeout: Duration, open: &GracefulShutdown) {
    // Small writes must not wait for more to come.
    let _ = stream.set_nodelay(true);
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(header_timeout);
    let service = TowerToHyperService::new(router);
    let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // A client that leaves midway is its own business.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
